package io.reverser.simulators;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that the packages of this module depend on each other only as allowed. */
class ArchitectureTest {

    private static final String ROOT = "io.reverser.simulators";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    /** The packages that each package may depend on. */
    private static final Map<String, List<String>> USES = Map.ofEntries(
            entry("", List.of()),
            entry(".tls", List.of()),
            entry(".fault", List.of()),
            entry(".database", List.of("", ".tls")),
            entry(".aws.api", List.of()),
            entry(".aws.cloudwatch", List.of(".aws.api")),
            entry(".aws.dynamodb", List.of("", ".aws.api")),
            entry(".aws.eks", List.of(".aws.api")),
            entry(".aws.rds", List.of(".aws.api", ".database")),
            entry(".aws.scheduler", List.of(".aws.api")),
            entry(".aws.secretsmanager", List.of(".aws.api", ".aws.scheduler")),
            entry(".aws.sqs", List.of(".aws.api")),
            entry(".aws.sns", List.of(".aws.sqs")),
            entry(
                    ".aws.endpoint",
                    List.of(
                            ".fault",
                            ".aws.api",
                            ".aws.cloudwatch",
                            ".aws.dynamodb",
                            ".aws.eks",
                            ".aws.rds",
                            ".aws.scheduler",
                            ".aws.secretsmanager",
                            ".aws.sqs")),
            entry(".aws.lambda", List.of("", ".aws.api", ".aws.endpoint", ".aws.sqs")),
            entry(".slack", List.of("", ".fault")),
            entry(".kubernetes.object", List.of()),
            entry(".kubernetes.externalsecret", List.of(".kubernetes.object")),
            entry(".kubernetes.workload", List.of(".kubernetes.object")),
            entry(".kubernetes", List.of(".kubernetes.externalsecret", ".kubernetes.object", ".kubernetes.workload")),
            entry(
                    ".kubernetes.api",
                    List.of("", ".fault", ".tls", ".aws.eks", ".aws.endpoint", ".kubernetes", ".kubernetes.object")));

    @Test
    void packagesUseOnlyAllowedPackages() {
        LayeredArchitecture architecture = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (String user : USES.keySet()) {
            architecture = architecture.layer(ROOT + user).definedBy(ROOT + user);
        }
        for (var arrows : USES.entrySet()) {
            var layer = architecture.whereLayer(ROOT + arrows.getKey());
            architecture = arrows.getValue().isEmpty()
                    ? layer.mayNotAccessAnyLayer()
                    : layer.mayOnlyAccessLayers(
                            arrows.getValue().stream().map(used -> ROOT + used).toArray(String[]::new));
        }
        architecture.check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
