package io.reverser.rotation.rotator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The allowed dependencies between packages. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.rotation.rotator";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesUseOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("root")
                .definedBy(ROOT)
                .layer("reconcile")
                .definedBy(ROOT + ".reconcile..")
                .layer("slack")
                .definedBy(ROOT + ".slack..")
                .layer("eventlog")
                .definedBy(ROOT + ".eventlog..")
                .layer("admission")
                .definedBy(ROOT + ".admission..")
                .layer("kubernetes")
                .definedBy(ROOT + ".kubernetes..")
                .layer("database")
                .definedBy(ROOT + ".database..")
                .layer("secret")
                .definedBy(ROOT + ".secret..")
                .layer("text")
                .definedBy(ROOT + ".text..")
                .layer("tls")
                .definedBy(ROOT + ".tls..")
                .whereLayer("root")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("reconcile")
                .mayOnlyAccessLayers("eventlog", "admission", "kubernetes", "database", "secret", "text")
                .whereLayer("slack")
                .mayOnlyAccessLayers("eventlog")
                .whereLayer("eventlog")
                .mayOnlyAccessLayers("admission", "kubernetes", "secret")
                .whereLayer("admission")
                .mayOnlyAccessLayers("kubernetes", "database", "secret", "text")
                .whereLayer("kubernetes")
                .mayOnlyAccessLayers("tls")
                .whereLayer("database")
                .mayOnlyAccessLayers("secret", "text", "tls")
                .whereLayer("secret")
                .mayOnlyAccessLayers("text")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("tls")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
