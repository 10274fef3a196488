package io.reverser.access.command;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Tests which packages may use which other packages. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.access.command";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void usesPackagesInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("workflow")
                .definedBy(ROOT + ".workflow")
                .layer("slack")
                .definedBy(ROOT + ".slack")
                .layer("command")
                .definedBy(ROOT)
                .whereLayer("workflow")
                .mayNotAccessAnyLayer()
                .whereLayer("slack")
                .mayOnlyAccessLayers("workflow")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
