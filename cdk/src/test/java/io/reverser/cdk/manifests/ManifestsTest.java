package io.reverser.cdk.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both overlays, built by the real kustomize: valid, strictly, and as we want them; and each rule can fail. */
class ManifestsTest {

    private static final String CONTAINER = "/spec/template/spec/containers/0";
    private static final String POD = "/spec/template/spec";

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void isWhatKubernetesKnows(String folder) {
        assertThat(Kustomize.build(folder)).hasSize(12).flatMap(Strict::refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void keepsEveryRule(String environment) {
        assertThat(ManifestRules.broken(Manifests.of(environment))).isEmpty();
    }

    /** What nobody in particular would notice, until the API server refuses it at night. */
    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatTheApiServerWouldRefuse(String kind, Consumer<JsonNode> harm, String says) {
        assertThat(harmed(kind, harm).all(kind).flatMap(object -> Strict.refused(object).stream()))
                .anySatisfy(message -> assertThat(message).contains(says));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                harm("Deployment", CONTAINER, pod -> pod.put("imagePullpolicy", "Always"), "imagePullpolicy"),
                harm("Deployment", "/spec", spec -> spec.put("revisionHistoryLimit", "five"), "revisionHistoryLimit"),
                harm("Deployment", "/spec", spec -> spec.remove("selector"), "selector"),
                harm(
                        "HorizontalPodAutoscaler",
                        "/spec",
                        spec -> spec.put("targetCPUUtilizationPercentage", 80),
                        "target"),
                harm("ExternalSecret", "/spec", spec -> spec.put("refreshInterval", 60), "refreshInterval"),
                harm(
                        "ExternalSecret",
                        "/spec/target",
                        target -> target.put("creationPolicy", "Mine"),
                        "creationPolicy"),
                harm("SecretStore", "/spec/provider/aws", aws -> aws.put("service", "SecretManager"), "service"),
                harm("Ingress", "/spec/rules/0", rule -> rule.put("hosts", "x"), "hosts"),
                harm("NetworkPolicy", "", policy -> policy.put("apiVersion", "extensions/v1beta1"), "no definition of"),
                harm("Role", "/rules/0", rule -> rule.remove("verbs"), "verbs"),
                harm("RoleBinding", "/roleRef", role -> role.remove("apiGroup"), "apiGroup"),
                harm("Service", "/metadata", metadata -> metadata.put("labels", "reverser"), "labels"));
    }

    @ParameterizedTest
    @MethodSource("unwanted")
    void refusesWhatWeDoNotWant(String kind, Consumer<JsonNode> harm, String says) {
        assertThat(ManifestRules.broken(harmed(kind, harm)))
                .anySatisfy(
                        message -> assertThat(message).startsWith(kind + " ").endsWith(says));
    }

    static Stream<Arguments> unwanted() {
        return Stream.of(
                harm("Deployment", CONTAINER, container -> container.put("image", "reverser:latest"), "not a commit"),
                harm("Deployment", CONTAINER, container -> container.put("image", "reverser"), "not a commit"),
                harm("Deployment", CONTAINER + "/resources", it -> it.remove("limits"), "no limits of memory"),
                harm("Deployment", CONTAINER + "/resources/requests", it -> it.remove("cpu"), "no requests of cpu"),
                harm("Deployment", POD, pod -> pod.remove("serviceAccountName"), "default service account"),
                harm("Deployment", POD, pod -> pod.put("serviceAccountName", "default"), "default service account"),
                harm("Deployment", POD, pod -> pod.remove("automountServiceAccountToken"), "a token of the cluster"),
                harm("Deployment", POD, pod -> pod.put("hostNetwork", true), "shares hostNetwork"),
                harm("Deployment", POD, pod -> pod.put("hostPID", true), "shares hostPID"),
                harm("Deployment", POD, pod -> pod.put("hostIPC", true), "shares hostIPC"),
                harm(
                        "Deployment",
                        POD,
                        pod -> pod.putArray("volumes")
                                .addObject()
                                .put("name", "x")
                                .putObject("hostPath")
                                .put("path", "/"),
                        "a folder of the machine"),
                harm("Deployment", POD + "/securityContext", it -> it.remove("runAsNonRoot"), "may run as root"),
                harm("Deployment", POD + "/securityContext", it -> it.remove("seccompProfile"), "no seccomp profile"),
                harm("Deployment", CONTAINER + "/securityContext", it -> it.put("privileged", true), "is privileged"),
                harm(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.remove("allowPrivilegeEscalation"),
                        "may gain privileges"),
                harm(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.remove("readOnlyRootFilesystem"),
                        "root file system"),
                harm(
                        "Deployment",
                        CONTAINER + "/securityContext",
                        it -> it.remove("capabilities"),
                        "keeps capabilities"),
                harm("Deployment", CONTAINER, container -> container.remove("startupProbe"), "no startupProbe"),
                harm("Deployment", CONTAINER, container -> container.remove("livenessProbe"), "no livenessProbe"),
                harm("Deployment", CONTAINER, container -> container.remove("readinessProbe"), "no readinessProbe"),
                harm("Deployment", CONTAINER, container -> container.remove("lifecycle"), "said goodbye"),
                harm("Deployment", POD, pod -> pod.put("terminationGracePeriodSeconds", 30), "said goodbye"),
                harm("Deployment", "/spec", spec -> spec.put("replicas", 3), "the autoscaler's business"),
                harm(
                        "Deployment",
                        "/spec/template/metadata/labels",
                        labels -> labels.put("app.kubernetes.io/name", "other"),
                        "select its own pods"),
                harm(
                        "Service",
                        "/metadata",
                        metadata -> metadata.put("namespace", "default"),
                        "the namespace reverser"),
                harm(
                        "Namespace",
                        "/metadata/labels",
                        labels -> labels.put("pod-security.kubernetes.io/enforce", "baseline"),
                        "restricted pod security"),
                harm(
                        "NetworkPolicy",
                        "/spec",
                        spec -> spec.putArray("policyTypes").add("Ingress"),
                        "nothing of egress"),
                harm("NetworkPolicy", "/spec/ingress/0", way -> way.remove("from"), "open to all in ingress"),
                harm("NetworkPolicy", "/spec/egress/1", way -> way.remove("ports"), "open to all in egress"),
                harm(
                        "NetworkPolicy",
                        "/spec/egress/1/to/0/ipBlock",
                        block -> block.put("cidr", "0.0.0.0/0"),
                        "to the world in egress"),
                harm(
                        "NetworkPolicy",
                        "/spec/podSelector",
                        selector -> selector.putObject("matchLabels").put("a", "b"),
                        "every pod of the namespace"),
                annotation("load-balancer-attributes", "access_logs.s3.enabled=true", "append to X-Forwarded-For"),
                annotation("load-balancer-attributes", "access_logs.s3.enabled=true", "lets invalid headers through"),
                annotation("load-balancer-attributes", "", "writes no access log"),
                annotation("ssl-redirect", "", "answers without TLS"),
                harm("Ingress", "/spec", spec -> spec.remove("tls"), "no host for its certificate"),
                harm("Role", "/rules/1", rule -> rule.putArray("verbs").add("*"), "more than it names"),
                harm("Role", "/rules/1", rule -> rule.putArray("resources").add("secrets"), "shows secrets"),
                harm("Role", "/rules/2", rule -> rule.remove("resourceNames"), "than to list it"),
                harm("RoleBinding", "/roleRef", role -> role.put("kind", "ClusterRole"), "of the whole cluster"),
                harm(
                        "RoleBinding",
                        "/subjects/0",
                        subject -> subject.put("name", "system:authenticated"),
                        "everybody of a kind"),
                harm(
                        "ExternalSecret",
                        "/spec/data/3/remoteRef",
                        reference -> reference.remove("decodingStrategy"),
                        "leaves decodingStrategy to its default"),
                harm(
                        "ExternalSecret",
                        "/spec",
                        spec -> spec.remove("refreshPolicy"),
                        "leaves /refreshPolicy to its default"));
    }

    /** The load balancer still sends requests to a pod for as long as it says; the pod must outlive that. */
    @Test
    void seesThatTheLoadBalancerLetsGoTooLate() {
        assertThat(ManifestRules.broken(harmed(
                        "Ingress",
                        ingress -> ((ObjectNode) ingress.at("/metadata/annotations"))
                                .put(
                                        "alb.ingress.kubernetes.io/target-group-attributes",
                                        "deregistration_delay.timeout_seconds=300"))))
                .containsExactly("Deployment reverser is killed before it has said goodbye");
    }

    @Test
    void waitsForWhatItNeeds() {
        Manifests dev = Manifests.of("dev");
        assertThat(List.of("Namespace", "SecretStore", "ExternalSecret"))
                .extracting(kind -> dev.annotation(kind, "argocd.argoproj.io/sync-wave"))
                .containsExactly("-3", "-2", "-1");
        assertThat(dev.annotation("Deployment", "argocd.argoproj.io/sync-wave")).isEmpty();
    }

    private static Arguments harm(String kind, String at, Consumer<ObjectNode> harm, String says) {
        return Arguments.of(kind, (Consumer<JsonNode>) object -> harm.accept((ObjectNode) object.at(at)), says);
    }

    private static Arguments annotation(String name, String value, String says) {
        return harm(
                "Ingress", "/metadata/annotations", all -> all.put("alb.ingress.kubernetes.io/" + name, value), says);
    }

    private static Manifests harmed(String kind, Consumer<JsonNode> harm) {
        return new Manifests(Manifests.of("dev").objects().stream()
                .map(object -> {
                    JsonNode copy = object.deepCopy();
                    if (copy.path("kind").asText().equals(kind)) {
                        harm.accept(copy);
                    }
                    return copy;
                })
                .toList());
    }
}
