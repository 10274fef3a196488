package io.reverser.bench;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between the packages of the bench. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.bench";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void usesPackagesInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("host")
                .definedBy(ROOT + ".host")
                .layer("report")
                .definedBy(ROOT + ".report")
                .layer("load")
                .definedBy(ROOT + ".load")
                .layer("server")
                .definedBy(ROOT + ".server")
                .layer("comparison")
                .definedBy(ROOT + ".comparison")
                .layer("growth")
                .definedBy(ROOT + ".growth")
                .layer("functions")
                .definedBy(ROOT + ".functions")
                .layer("reconciliation")
                .definedBy(ROOT + ".reconciliation")
                .layer("soak.scenario")
                .definedBy(ROOT + ".soak.scenario")
                .layer("soak.environment")
                .definedBy(ROOT + ".soak.environment")
                .layer("soak.run")
                .definedBy(ROOT + ".soak.run")
                .layer("soak.observation")
                .definedBy(ROOT + ".soak.observation")
                .layer("soak.report")
                .definedBy(ROOT + ".soak.report")
                .layer("soak")
                .definedBy(ROOT + ".soak")
                .layer("bench")
                .definedBy(ROOT)
                .whereLayer("host")
                .mayNotAccessAnyLayer()
                .whereLayer("report")
                .mayOnlyAccessLayers("host")
                .whereLayer("load")
                .mayOnlyAccessLayers("host")
                .whereLayer("server")
                .mayOnlyAccessLayers("host", "load")
                .whereLayer("comparison")
                .mayOnlyAccessLayers("host", "load", "report", "server")
                .whereLayer("growth")
                .mayOnlyAccessLayers("host", "load", "report", "server", "comparison")
                .whereLayer("functions")
                .mayOnlyAccessLayers("host", "report")
                .whereLayer("reconciliation")
                .mayNotAccessAnyLayer()
                .whereLayer("soak.scenario")
                .mayNotAccessAnyLayer()
                .whereLayer("soak.environment")
                .mayOnlyAccessLayers("reconciliation")
                .whereLayer("soak.run")
                .mayOnlyAccessLayers("soak.scenario", "soak.environment", "reconciliation")
                .whereLayer("soak.observation")
                .mayOnlyAccessLayers("soak.environment", "reconciliation")
                .whereLayer("soak.report")
                .mayOnlyAccessLayers(
                        "soak.scenario", "soak.run", "soak.observation", "reconciliation", "report", "host")
                .whereLayer("soak")
                .mayOnlyAccessLayers(
                        "soak.scenario",
                        "soak.environment",
                        "soak.run",
                        "soak.observation",
                        "soak.report",
                        "reconciliation",
                        "report",
                        "host")
                .whereLayer("bench")
                .mayOnlyAccessLayers("host", "report", "comparison", "growth", "functions")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
