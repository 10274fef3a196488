package io.reverser.slack;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Tests which packages may use which other packages. */
@NullMarked
class ArchitectureTest {

    private static final String ROOT = "io.reverser.slack";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void usesPackagesInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("request")
                .definedBy(ROOT + ".request")
                .layer("message")
                .definedBy(ROOT + ".message")
                .layer("client")
                .definedBy(ROOT + ".client")
                .whereLayer("request")
                .mayNotAccessAnyLayer()
                .whereLayer("message")
                .mayNotAccessAnyLayer()
                .whereLayer("client")
                .mayOnlyAccessLayers("request", "message")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
