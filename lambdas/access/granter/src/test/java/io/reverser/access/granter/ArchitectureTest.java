package io.reverser.access.granter;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.reverser.access.granter";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void usesPackagesInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("granter")
                .definedBy(ROOT)
                .layer("entry")
                .definedBy(ROOT + ".entry")
                .layer("notification")
                .definedBy(ROOT + ".notification")
                .whereLayer("granter")
                .mayOnlyAccessLayers("entry", "notification")
                .whereLayer("entry")
                .mayNotAccessAnyLayer()
                .whereLayer("notification")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
