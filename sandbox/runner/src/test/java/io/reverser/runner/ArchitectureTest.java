package io.reverser.runner;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Tests that the packages of this module depend on each other only in the allowed directions. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.runner";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void usesPackagesInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("process")
                .definedBy(ROOT + ".process")
                .layer("cluster")
                .definedBy(ROOT + ".cluster")
                .layer("functions")
                .definedBy(ROOT + ".functions")
                .layer("rotation")
                .definedBy(ROOT + ".rotation")
                .layer("workspace")
                .definedBy(ROOT + ".workspace")
                .layer("rehearsal")
                .definedBy(ROOT + ".rehearsal")
                .layer("runner")
                .definedBy(ROOT)
                .whereLayer("process")
                .mayNotAccessAnyLayer()
                .whereLayer("cluster")
                .mayOnlyAccessLayers("process")
                .whereLayer("functions")
                .mayOnlyAccessLayers("process")
                .whereLayer("rotation")
                .mayOnlyAccessLayers("process", "cluster", "functions")
                .whereLayer("workspace")
                .mayOnlyAccessLayers("cluster", "functions", "rotation")
                .whereLayer("rehearsal")
                .mayOnlyAccessLayers("process")
                .whereLayer("runner")
                .mayOnlyAccessLayers("process", "cluster", "functions", "rotation", "workspace")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
