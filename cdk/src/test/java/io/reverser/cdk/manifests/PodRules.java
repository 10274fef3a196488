package io.reverser.cdk.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the pods of a Deployment: unprivileged, read-only, limited, and with a shutdown that loses no request. */
final class PodRules {

    private static final Pattern COMMIT = Pattern.compile("[^:@]+:[0-9a-f]{40}");

    private final Manifests manifests;
    private final JsonNode deployment;
    private final JsonNode pod;
    private final List<String> violations = new ArrayList<>();

    private PodRules(Manifests manifests, JsonNode deployment) {
        this.manifests = manifests;
        this.deployment = deployment;
        this.pod = deployment.at("/spec/template/spec");
    }

    static List<String> violations(Manifests manifests, JsonNode deployment) {
        var rules = new PodRules(manifests, deployment);
        rules.all();
        return rules.violations;
    }

    private void all() {
        String account = pod.path("serviceAccountName").asText();
        rule(!account.isEmpty() && !account.equals("default"), "runs as the default service account");
        rule(!pod.path("automountServiceAccountToken").asBoolean(true), "mounts a service account token");
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            rule(!pod.path(host).asBoolean(), "shares " + host);
        }
        rule(
                Manifests.items(pod.path("volumes")).noneMatch(volume -> volume.has("hostPath")),
                "mounts a hostPath volume");
        rule(
                manifests.all("HorizontalPodAutoscaler").findAny().isEmpty()
                        || deployment.at("/spec/replicas").isMissingNode(),
                "sets replicas, which only the HPA sets");
        rule(
                !deployment.at("/spec/template/metadata/annotations").has("reloader.stakater.com/last-reloaded-from"),
                "sets an annotation that only Reloader sets");
        rule(
                fits(deployment.at("/spec/template/metadata/labels"), deployment.at("/spec/selector/matchLabels")),
                "does not select its own pods");
        rule(isGracePeriodLongEnough(), "is killed before its shutdown ends");
        containers().forEach(this::container);
    }

    private void container(JsonNode container) {
        rule(COMMIT.matcher(container.path("image").asText()).matches(), "has an image whose tag is not a commit");
        for (String kind : List.of("requests", "limits")) {
            for (String what : List.of("cpu", "memory")) {
                rule(container.path("resources").path(kind).has(what), "has no %s of %s".formatted(kind, what));
            }
        }
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            rule(container.has(probe), "has no " + probe);
        }
        JsonNode security = container.path("securityContext");
        rule(pod.at("/securityContext/runAsNonRoot").asBoolean() && !security.has("runAsNonRoot"), "may run as root");
        rule(
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                "has no seccomp profile");
        rule(!security.path("privileged").asBoolean(), "is privileged");
        rule(!security.path("allowPrivilegeEscalation").asBoolean(true), "may gain privileges");
        rule(security.path("readOnlyRootFilesystem").asBoolean(), "may write to its root file system");
        rule(
                Manifests.texts(security.at("/capabilities/drop")).contains("ALL")
                        && security.at("/capabilities/add").isMissingNode(),
                "keeps capabilities");
    }

    /**
     * The grace period must cover preStop, the shutdown delay and the last writes. preStop and the shutdown delay
     * together must exceed the load balancer's deregistration delay.
     */
    private boolean isGracePeriodLongEnough() {
        JsonNode container = containers().findFirst().orElseThrow();
        int preStop = container.at("/lifecycle/preStop/sleep/seconds").asInt();
        int unready = Manifests.items(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals("QUARKUS_SHUTDOWN_DELAY"))
                .mapToInt(variable ->
                        Integer.parseInt(variable.path("value").asText().replace("s", "")))
                .findFirst()
                .orElse(0);
        int deregistration = manifests
                .all("Ingress")
                .mapToInt(ingress -> Integer.parseInt(
                        ingress.at("/metadata/annotations/alb.ingress.kubernetes.io~1target-group-attributes")
                                .asText()
                                .replaceAll(".*deregistration_delay.timeout_seconds=(\\d+).*", "$1")))
                .max()
                .orElse(0);
        return deregistration < unready
                && preStop > 0
                && preStop + unready + 10
                        <= pod.path("terminationGracePeriodSeconds").asInt();
    }

    private Stream<JsonNode> containers() {
        return Stream.concat(Manifests.items(pod.path("initContainers")), Manifests.items(pod.path("containers")));
    }

    private static boolean fits(JsonNode labels, JsonNode selector) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    private void rule(boolean holds, String violation) {
        if (!holds) {
            violations.add(Manifests.name(deployment) + " " + violation);
        }
    }
}
