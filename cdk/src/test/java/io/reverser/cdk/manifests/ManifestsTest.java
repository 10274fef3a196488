package io.reverser.cdk.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.cdk.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both overlays pass strict validation and our own rules. For each rule, a test breaks it in a manifest. */
class ManifestsTest {

    private static final String CONTAINER = "/spec/template/spec/containers/0";
    private static final String POD = "/spec/template/spec";

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void passesStrictValidation(String folder) {
        assertThat(Kustomize.build(folder))
                .hasSize(folder.equals("base") ? 12 : 14)
                .flatMap(StrictSchemaValidator::violations)
                .isEmpty();
    }

    /** An older API server rejects fields that later Kubernetes versions added. */
    @Test
    void validatesAgainstTheOldestClusterVersion() {
        String oldest = Stream.of("dev", "prod")
                .map(environment -> SettingsFile.read(Path.of("config"), environment)
                        .cluster()
                        .version())
                .min(Comparator.comparing(version -> Integer.valueOf(version.substring("1.".length()))))
                .orElseThrow();
        assertThat(StrictSchemaValidator.source()).endsWith(" Kubernetes " + oldest);
        assertThat(Manifests.of("prod")
                        .only("Namespace")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce-version")
                        .asText())
                .isEqualTo("v" + oldest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void keepsEveryRule(String environment) {
        assertThat(ManifestRules.violations(Manifests.of(environment))).isEmpty();
    }

    /** Each row is a mistake that a review may miss, and that the API server would reject. */
    @ParameterizedTest
    @MethodSource("invalid")
    void rejectsInvalidManifests(String kind, Consumer<JsonNode> mutation, String says) {
        assertThat(mutated(kind, mutation)
                        .all(kind)
                        .flatMap(object -> StrictSchemaValidator.violations(object).stream()))
                .anySatisfy(message -> assertThat(message).contains(says));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                mutation("Deployment", CONTAINER, pod -> pod.put("imagePullpolicy", "Always"), "imagePullpolicy"),
                mutation(
                        "Deployment",
                        "/spec",
                        spec -> spec.put("revisionHistoryLimit", "five"),
                        "revisionHistoryLimit"),
                mutation("Deployment", "/spec", spec -> spec.remove("selector"), "selector"),
                mutation(
                        "HorizontalPodAutoscaler",
                        "/spec",
                        spec -> spec.put("targetCPUUtilizationPercentage", 80),
                        "target"),
                mutation("ExternalSecret", "/spec", spec -> spec.put("refreshInterval", 60), "refreshInterval"),
                mutation(
                        "ExternalSecret",
                        "/spec/target",
                        target -> target.put("creationPolicy", "Mine"),
                        "creationPolicy"),
                mutation("SecretStore", "/spec/provider/aws", aws -> aws.put("service", "SecretManager"), "service"),
                mutation("Ingress", "/spec/rules/0", rule -> rule.put("hosts", "x"), "hosts"),
                mutation(
                        "NetworkPolicy",
                        "",
                        policy -> policy.put("apiVersion", "extensions/v1beta1"),
                        "no definition of"),
                mutation("Role", "/rules/0", rule -> rule.remove("verbs"), "verbs"),
                mutation("RoleBinding", "/roleRef", role -> role.remove("apiGroup"), "apiGroup"),
                mutation("Service", "/metadata", metadata -> metadata.put("labels", "reverser"), "labels"));
    }

    @ParameterizedTest
    @MethodSource("unwanted")
    void rejectsManifestsThatBreakARule(String kind, Consumer<JsonNode> mutation, String says) {
        assertThat(ManifestRules.violations(mutated(kind, mutation)))
                .anySatisfy(
                        message -> assertThat(message).startsWith(kind + " ").endsWith(says));
    }

    static Stream<Arguments> unwanted() {
        return Stream.of(
                mutation(
                        "Deployment",
                        CONTAINER,
                        container -> container.put("image", "reverser:latest"),
                        "not a commit"),
                mutation("Deployment", CONTAINER, container -> container.put("image", "reverser"), "not a commit"),
                mutation("Deployment", CONTAINER + "/resources", it -> it.remove("limits"), "no limits of memory"),
                mutation("Deployment", CONTAINER + "/resources/requests", it -> it.remove("cpu"), "no requests of cpu"),
                mutation("Deployment", POD, pod -> pod.remove("serviceAccountName"), "default service account"),
                mutation("Deployment", POD, pod -> pod.put("serviceAccountName", "default"), "default service account"),
                mutation(
                        "Deployment",
                        POD,
                        pod -> pod.remove("automountServiceAccountToken"),
                        "a service account token"),
                mutation("Deployment", POD, pod -> pod.put("hostNetwork", true), "shares hostNetwork"),
                mutation("Deployment", POD, pod -> pod.put("hostPID", true), "shares hostPID"),
                mutation("Deployment", POD, pod -> pod.put("hostIPC", true), "shares hostIPC"),
                mutation(
                        "Deployment",
                        POD,
                        pod -> pod.putArray("volumes")
                                .addObject()
                                .put("name", "x")
                                .putObject("hostPath")
                                .put("path", "/"),
                        "a hostPath volume"),
                mutation("Deployment", POD + "/securityContext", it -> it.remove("runAsNonRoot"), "may run as root"),
                mutation(
                        "Deployment",
                        POD + "/securityContext",
                        it -> it.remove("seccompProfile"),
                        "no seccomp profile"),
                mutation(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.put("privileged", true),
                        "is privileged"),
                mutation(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.remove("allowPrivilegeEscalation"),
                        "may gain privileges"),
                mutation(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.remove("readOnlyRootFilesystem"),
                        "root file system"),
                mutation(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.remove("capabilities"),
                        "keeps capabilities"),
                mutation("Deployment", CONTAINER, container -> container.remove("startupProbe"), "no startupProbe"),
                mutation("Deployment", CONTAINER, container -> container.remove("livenessProbe"), "no livenessProbe"),
                mutation("Deployment", CONTAINER, container -> container.remove("readinessProbe"), "no readinessProbe"),
                mutation(
                        "Deployment",
                        CONTAINER,
                        container -> container.remove("lifecycle"),
                        "before its shutdown ends"),
                mutation(
                        "Deployment",
                        POD,
                        pod -> pod.put("terminationGracePeriodSeconds", 30),
                        "before its shutdown ends"),
                mutation("Deployment", "/spec", spec -> spec.put("replicas", 3), "which only the HPA sets"),
                mutation(
                        "Deployment",
                        "/spec/template/metadata/labels",
                        labels -> labels.put("app.kubernetes.io/name", "other"),
                        "select its own pods"),
                mutation(
                        "Service",
                        "/metadata",
                        metadata -> metadata.put("namespace", "default"),
                        "the namespace reverser"),
                mutation(
                        "Namespace",
                        "/metadata/labels",
                        labels -> labels.put("pod-security.kubernetes.io/enforce", "baseline"),
                        "restricted pod security"),
                mutation(
                        "NetworkPolicy",
                        "/spec",
                        spec -> spec.putArray("policyTypes").add("Ingress"),
                        "does not restrict egress"),
                mutation(
                        "NetworkPolicy",
                        "/spec/ingress/0",
                        way -> way.remove("from"),
                        "without peers or ports in ingress"),
                mutation(
                        "NetworkPolicy",
                        "/spec/egress/1",
                        way -> way.remove("ports"),
                        "without peers or ports in egress"),
                mutation(
                        "NetworkPolicy",
                        "/spec/egress/1/to/0/ipBlock",
                        block -> block.put("cidr", "0.0.0.0/0"),
                        "all addresses in egress"),
                mutation(
                        "NetworkPolicy",
                        "/spec/podSelector",
                        selector -> selector.putObject("matchLabels").put("a", "b"),
                        "all pods of the namespace"),
                annotation("load-balancer-attributes", "access_logs.s3.enabled=true", "append to X-Forwarded-For"),
                annotation("load-balancer-attributes", "access_logs.s3.enabled=true", "accepts invalid headers"),
                annotation("load-balancer-attributes", "", "writes no access log"),
                annotation("ssl-redirect", "", "answers without TLS"),
                annotation("ip-address-type", "ipv4", "does not accept IPv6"),
                mutation("Ingress", "/spec", spec -> spec.remove("tls"), "no host for its certificate"),
                mutation("Role", "/rules/1", rule -> rule.putArray("verbs").add("*"), "has a wildcard"),
                mutation(
                        "Role",
                        "/rules/1",
                        rule -> rule.putArray("resources").add("secrets"),
                        "gives access to secrets"),
                mutation("Role", "/rules/2", rule -> rule.remove("resourceNames"), "without resourceNames"),
                mutation("RoleBinding", "/roleRef", role -> role.put("kind", "ClusterRole"), "binds a ClusterRole"),
                mutation(
                        "RoleBinding",
                        "/subjects/0",
                        subject -> subject.put("name", "system:authenticated"),
                        "a group of Kubernetes itself"),
                mutation(
                        "ValidatingAdmissionPolicy",
                        "/spec",
                        spec -> spec.remove("matchConditions"),
                        "limited to a group"),
                mutation(
                        "ValidatingAdmissionPolicy",
                        "/spec/matchConstraints",
                        match -> match.remove("namespaceSelector"),
                        "limited to the namespace reverser"),
                mutation(
                        "ValidatingAdmissionPolicyBinding",
                        "/metadata",
                        metadata -> metadata.put("namespace", "reverser"),
                        "is in a namespace"),
                mutation(
                        "Deployment",
                        "/spec/template/metadata/annotations",
                        all -> all.put("reloader.stakater.com/last-reloaded-from", "{}"),
                        "that only Reloader sets"),
                mutation(
                        "ExternalSecret",
                        "/metadata/annotations",
                        all -> all.put("force-sync", "now"),
                        "which only the rotation writes"),
                mutation(
                        "ExternalSecret",
                        "/spec",
                        spec -> spec.remove("refreshPolicy"),
                        "does not set /refreshPolicy"));
    }

    /**
     * The load balancer sends requests to a terminating pod until the deregistration delay ends, so the pod must run
     * longer.
     */
    @Test
    void rejectsDeregistrationDelayLongerThanShutdown() {
        assertThat(ManifestRules.violations(mutated(
                        "Ingress",
                        ingress -> ((ObjectNode) ingress.at("/metadata/annotations"))
                                .put(
                                        "alb.ingress.kubernetes.io/target-group-attributes",
                                        "deregistration_delay.timeout_seconds=300"))))
                .containsExactly("Deployment reverser is killed before its shutdown ends");
    }

    @Test
    void ordersSyncWaves() {
        Manifests dev = Manifests.of("dev");
        assertThat(List.of("Namespace", "SecretStore", "ExternalSecret"))
                .extracting(kind -> dev.annotation(kind, "argocd.argoproj.io/sync-wave"))
                .containsExactly("-3", "-2", "-1");
        assertThat(dev.annotation("Deployment", "argocd.argoproj.io/sync-wave")).isEmpty();
    }

    private static Arguments mutation(String kind, String at, Consumer<ObjectNode> mutation, String says) {
        return Arguments.of(kind, (Consumer<JsonNode>) object -> mutation.accept((ObjectNode) object.at(at)), says);
    }

    private static Arguments annotation(String name, String value, String says) {
        return mutation(
                "Ingress", "/metadata/annotations", all -> all.put("alb.ingress.kubernetes.io/" + name, value), says);
    }

    private static Manifests mutated(String kind, Consumer<JsonNode> mutation) {
        return new Manifests(Manifests.of("dev").objects().stream()
                .map(object -> {
                    JsonNode copy = object.deepCopy();
                    if (copy.path("kind").asText().equals(kind)) {
                        mutation.accept(copy);
                    }
                    return copy;
                })
                .toList());
    }
}
