package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.cdk.manifests.StrictSchemaValidator;
import io.reverser.cdk.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CDK templates, kustomize overlays, Argo CD, workflows, the image and the reverser use the same names and values. */
class ContractTest {

    static Stream<ContractClause> clauses() {
        return SynthesizedApp.ENVIRONMENTS.stream()
                .map(RenderedEnvironment::of)
                .flatMap(environment -> Stream.of(
                        AppContract.of(environment),
                        NetworkContract.of(environment),
                        DeliveryContract.of(environment),
                        RotationContract.of(environment)))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void agreesOnBothSides(ContractClause clause) {
        assertThat(clause.mismatch()).isEmpty();
        assertThat(clause.firstValue().toString())
                .isNotEmpty()
                .isNotEqualTo("[]")
                .doesNotContain("nothing like");
    }

    /** GitHub may append numeric IDs to the names in the subjects of its OIDC tokens. */
    @Test
    void agreesOnBothSidesWithGitHubIds(@TempDir Path config) throws IOException {
        TestSettings.write(
                config,
                Files.readString(Path.of("config/dev.yaml"))
                        .replace("branch: main", "branch: main\n  owner_id: 12\n  repository_id: 3000000000"));
        assertThat(DeliveryContract.of(RenderedEnvironment.of("dev", config)))
                .allSatisfy(this::agreesOnBothSides)
                .filteredOn(clause -> clause.about().startsWith("the repository that may assume the roles"))
                .singleElement()
                .satisfies(clause -> assertThat(clause.firstValue()).isEqualTo(List.of("example/reverser-platform")));
    }

    @Test
    void reportsBothSidesOfADisagreement() {
        assertThat(new ContractClause("the port", "the app", "8080", "the pods", "8081").mismatch())
                .isEqualTo("the port: 8080 in the app, but 8081 in the pods");
    }

    /** Validates the Kubernetes objects in chart values as strictly as the manifests that kustomize builds. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void matchesArgoCdSchemas(String environment) {
        JsonNode apps = SynthesizedApp.of(environment).chartValues("argocd-apps");
        assertThat(StrictSchemaValidator.violations(object("Application", apps.at("/applications/reverser"))))
                .isEmpty();
        assertThat(StrictSchemaValidator.violations(object("AppProject", apps.at("/projects/reverser"))))
                .isEmpty();
        assertThat(StrictSchemaValidator.violations(apps.at("/itemTemplates/0/template")))
                .isEmpty();
        assertThat(SynthesizedApp.items(SynthesizedApp.of(environment)
                                .chartValues("argocd-secrets")
                                .path("itemTemplates"))
                        .map(item -> item.path("template")))
                .hasSize(4)
                .flatMap(StrictSchemaValidator::violations)
                .isEmpty();
    }

    @Test
    void rejectsUnknownArgoCdFields() {
        JsonNode app = SynthesizedApp.of("dev").chartValues("argocd-apps").at("/applications/reverser");
        ((ObjectNode) app.path("source")).put("branch", "main");
        assertThat(StrictSchemaValidator.violations(object("Application", app)))
                .singleElement()
                .asString()
                .contains("branch");
    }

    /**
     * Builds a Kubernetes object as the chart argocd-apps does: namespace and finalizers are metadata, the other values
     * the spec.
     */
    private static JsonNode object(String kind, JsonNode values) {
        ObjectNode spec = values.deepCopy();
        ObjectNode object = spec.objectNode();
        object.put("apiVersion", "argoproj.io/v1alpha1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", "reverser");
        List.of("namespace", "finalizers").forEach(key -> metadata.set(key, spec.remove(key)));
        object.set("spec", spec);
        return object;
    }
}
