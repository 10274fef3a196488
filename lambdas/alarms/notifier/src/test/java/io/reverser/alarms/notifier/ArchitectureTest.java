package io.reverser.alarms.notifier;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between packages. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.alarms.notifier";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void usesPackagesInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("event")
                .definedBy(ROOT + ".event")
                .layer("cloudwatch")
                .definedBy(ROOT + ".cloudwatch")
                .layer("outbox")
                .definedBy(ROOT + ".outbox")
                .layer("message")
                .definedBy(ROOT + ".message")
                .layer("publish")
                .definedBy(ROOT + ".publish")
                .layer("graph")
                .definedBy(ROOT + ".graph")
                .layer("delivery")
                .definedBy(ROOT + ".delivery")
                .layer("notifier")
                .definedBy(ROOT)
                .whereLayer("event")
                .mayNotAccessAnyLayer()
                .whereLayer("cloudwatch")
                .mayOnlyAccessLayers("event")
                .whereLayer("outbox")
                .mayOnlyAccessLayers("event")
                .whereLayer("message")
                .mayOnlyAccessLayers("event", "outbox")
                .whereLayer("publish")
                .mayOnlyAccessLayers("event", "cloudwatch", "outbox", "message")
                .whereLayer("graph")
                .mayOnlyAccessLayers("event", "cloudwatch", "outbox", "message", "publish")
                .whereLayer("delivery")
                .mayOnlyAccessLayers("event", "cloudwatch", "outbox", "message", "publish")
                .whereLayer("notifier")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
