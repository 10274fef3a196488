package io.reverser.reverser;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between the packages of the reverser. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.reverser";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void packagesDependOnlyOnThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("app")
                .definedBy(ROOT)
                .layer("web")
                .definedBy(ROOT + ".web")
                .layer("caller")
                .definedBy(ROOT + ".caller")
                .layer("visits")
                .definedBy(ROOT + ".visits")
                .layer("database")
                .definedBy(ROOT + ".database")
                .layer("address")
                .definedBy(ROOT + ".address")
                .whereLayer("app")
                .mayNotAccessAnyLayer()
                .whereLayer("web")
                .mayOnlyAccessLayers("visits", "caller", "address")
                .whereLayer("caller")
                .mayOnlyAccessLayers("address")
                .whereLayer("visits")
                .mayOnlyAccessLayers("database", "address")
                .whereLayer("database")
                .mayNotAccessAnyLayer()
                .whereLayer("address")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
