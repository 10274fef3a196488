package io.reverser.cdk;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Checks the allowed dependencies between packages: commands create the platform, the platform creates stacks, and no
 * stack uses another.
 */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.cdk";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesUseOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .layer("platform")
                .definedBy(ROOT)
                .layer("addons")
                .definedBy(ROOT + ".addons..")
                .layer("app")
                .definedBy(ROOT + ".app..")
                .layer("argocd")
                .definedBy(ROOT + ".argocd..")
                .layer("charts")
                .definedBy(ROOT + ".charts..")
                .layer("cluster")
                .definedBy(ROOT + ".cluster..")
                .layer("database")
                .definedBy(ROOT + ".database..")
                .layer("delivery")
                .definedBy(ROOT + ".delivery..")
                .layer("deploy")
                .definedBy(ROOT + ".deploy..")
                .layer("functions")
                .definedBy(ROOT + ".functions..")
                .layer("iam")
                .definedBy(ROOT + ".iam..")
                .layer("lambda")
                .definedBy(ROOT + ".lambda..")
                .layer("logs")
                .definedBy(ROOT + ".logs..")
                .layer("names")
                .definedBy(ROOT + ".names..")
                .layer("network")
                .definedBy(ROOT + ".network..")
                .layer("observability")
                .definedBy(ROOT + ".observability..")
                .layer("rotation")
                .definedBy(ROOT + ".rotation..")
                .layer("settings")
                .definedBy(ROOT + ".settings..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("platform")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("addons")
                .mayOnlyAccessLayers("charts", "cluster", "iam", "logs", "names", "settings")
                .whereLayer("app")
                .mayOnlyAccessLayers("charts", "cluster", "names", "settings")
                .whereLayer("argocd")
                .mayOnlyAccessLayers("charts", "cluster", "iam", "names", "settings")
                .whereLayer("charts")
                .mayOnlyAccessLayers("names", "settings")
                .whereLayer("cluster")
                .mayOnlyAccessLayers("logs", "settings")
                .whereLayer("database")
                .mayOnlyAccessLayers("iam", "lambda", "logs", "names", "settings")
                .whereLayer("delivery")
                .mayOnlyAccessLayers("iam", "settings")
                .whereLayer("deploy")
                .mayOnlyAccessLayers("settings")
                .whereLayer("functions")
                .mayOnlyAccessLayers("iam", "lambda", "logs", "names", "settings")
                .whereLayer("iam")
                .mayNotAccessAnyLayer()
                .whereLayer("lambda")
                .mayOnlyAccessLayers("iam", "logs", "names", "settings")
                .whereLayer("logs")
                .mayOnlyAccessLayers("iam", "settings")
                .whereLayer("names")
                .mayOnlyAccessLayers("settings")
                .whereLayer("network")
                .mayOnlyAccessLayers("iam", "logs", "names", "settings")
                .whereLayer("observability")
                .mayOnlyAccessLayers("iam", "names", "settings")
                .whereLayer("rotation")
                .mayOnlyAccessLayers("iam", "lambda", "names", "settings")
                .whereLayer("settings")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
