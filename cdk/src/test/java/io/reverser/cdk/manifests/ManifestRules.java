package io.reverser.cdk.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a manifest of ours has to be beyond being valid. Each rule says which object breaks it, and how. */
final class ManifestRules {

    private static final Pattern COMMIT = Pattern.compile("[^:@]+:[0-9a-f]{40}");
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    private final Manifests manifests;
    private final List<String> broken = new ArrayList<>();

    private ManifestRules(Manifests manifests) {
        this.manifests = manifests;
    }

    /** All that is wrong; nothing when all is well. */
    static List<String> broken(Manifests manifests) {
        var rules = new ManifestRules(manifests);
        manifests.objects().forEach(rules::place);
        manifests.all("Namespace").forEach(rules::namespace);
        manifests.all("Deployment").forEach(rules::deployment);
        manifests.all("NetworkPolicy").forEach(rules::network);
        manifests.all("Ingress").forEach(rules::ingress);
        manifests.all("ExternalSecret").forEach(rules::secret);
        return rules.broken;
    }

    private void place(JsonNode object) {
        boolean clusterWide = CLUSTER_WIDE.contains(object.path("kind").asText());
        rule(
                clusterWide || object.at("/metadata/namespace").asText().equals("reverser"),
                object,
                "is not in the namespace reverser");
    }

    private void namespace(JsonNode namespace) {
        rule(
                namespace
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText()
                        .equals("restricted"),
                namespace,
                "does not enforce the restricted pod security");
    }

    private void deployment(JsonNode deployment) {
        JsonNode pod = deployment.at("/spec/template/spec");
        String account = pod.path("serviceAccountName").asText();
        rule(!account.isEmpty() && !account.equals("default"), deployment, "runs as the default service account");
        rule(!pod.path("automountServiceAccountToken").asBoolean(true), deployment, "mounts a token of the cluster");
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            rule(!pod.path(host).asBoolean(), deployment, "shares " + host);
        }
        rule(
                Manifests.items(pod.path("volumes")).noneMatch(volume -> volume.has("hostPath")),
                deployment,
                "mounts a folder of the machine");
        rule(
                manifests.all("HorizontalPodAutoscaler").findAny().isEmpty()
                        || deployment.at("/spec/replicas").isMissingNode(),
                deployment,
                "says how many, which is the autoscaler's business");
        rule(
                labels(deployment.at("/spec/template/metadata/labels"), deployment.at("/spec/selector/matchLabels")),
                deployment,
                "does not select its own pods");
        rule(lastsLongEnough(pod), deployment, "is killed before it has said goodbye");
        containers(pod).forEach(container -> container(deployment, pod, container));
    }

    private void container(JsonNode deployment, JsonNode pod, JsonNode container) {
        rule(
                COMMIT.matcher(container.path("image").asText()).matches(),
                deployment,
                "has an image whose tag is not a commit");
        for (String kind : List.of("requests", "limits")) {
            for (String what : List.of("cpu", "memory")) {
                rule(
                        container.path("resources").path(kind).has(what),
                        deployment,
                        "has no %s of %s".formatted(kind, what));
            }
        }
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            rule(container.has(probe), deployment, "has no " + probe);
        }
        JsonNode security = container.path("securityContext");
        rule(
                pod.at("/securityContext/runAsNonRoot").asBoolean() && !security.has("runAsNonRoot"),
                deployment,
                "may run as root");
        rule(
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                deployment,
                "has no seccomp profile");
        rule(!security.path("privileged").asBoolean(), deployment, "is privileged");
        rule(!security.path("allowPrivilegeEscalation").asBoolean(true), deployment, "may gain privileges");
        rule(security.path("readOnlyRootFilesystem").asBoolean(), deployment, "may write to its root file system");
        rule(
                Manifests.texts(security.at("/capabilities/drop")).contains("ALL")
                        && security.at("/capabilities/add").isMissingNode(),
                deployment,
                "keeps capabilities");
    }

    /** preStop, then the time in which it is unready, then what is left to write; and it is unready for long enough. */
    private boolean lastsLongEnough(JsonNode pod) {
        JsonNode container = containers(pod).findFirst().orElseThrow();
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

    private void network(JsonNode policy) {
        for (String side : List.of("ingress", "egress")) {
            String peers = side.equals("ingress") ? "from" : "to";
            rule(
                    Manifests.texts(policy.at("/spec/policyTypes"))
                            .contains(side.equals("ingress") ? "Ingress" : "Egress"),
                    policy,
                    "says nothing of " + side);
            Manifests.items(policy.at("/spec/" + side)).forEach(way -> {
                rule(way.path(peers).size() > 0 && way.path("ports").size() > 0, policy, "is open to all in " + side);
                rule(
                        Manifests.items(way.path(peers))
                                .noneMatch(peer ->
                                        peer.at("/ipBlock/cidr").asText().endsWith("/0")),
                        policy,
                        "is open to the world in " + side);
            });
        }
        rule(policy.at("/spec/podSelector").isEmpty(), policy, "is not for every pod of the namespace");
    }

    private void ingress(JsonNode ingress) {
        String attributes = annotation(ingress, "load-balancer-attributes");
        rule(attributes.contains("xff_header_processing.mode=append"), ingress, "does not append to X-Forwarded-For");
        rule(attributes.contains("drop_invalid_header_fields.enabled=true"), ingress, "lets invalid headers through");
        rule(attributes.contains("access_logs.s3.enabled=true"), ingress, "writes no access log");
        rule(annotation(ingress, "ssl-redirect").equals("443"), ingress, "answers without TLS");
        rule(!ingress.at("/spec/tls/0/hosts/0").asText().isEmpty(), ingress, "names no host for its certificate");
    }

    private void secret(JsonNode secret) {
        Manifests.items(secret.at("/spec/data"))
                .forEach(data -> Stream.of("conversionStrategy", "decodingStrategy", "metadataPolicy")
                        .forEach(field -> rule(
                                data.path("remoteRef").has(field),
                                secret,
                                "leaves %s to its default".formatted(field))));
        for (String field :
                List.of("/refreshPolicy", "/refreshInterval", "/target/creationPolicy", "/target/deletionPolicy")) {
            rule(secret.at("/spec" + field).isTextual(), secret, "leaves %s to its default".formatted(field));
        }
    }

    private static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.concat(Manifests.items(pod.path("initContainers")), Manifests.items(pod.path("containers")));
    }

    private static String annotation(JsonNode ingress, String name) {
        return ingress.at("/metadata/annotations")
                .path("alb.ingress.kubernetes.io/" + name)
                .asText();
    }

    private static boolean labels(JsonNode labels, JsonNode selector) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    private void rule(boolean isKept, JsonNode object, String otherwise) {
        if (!isKept) {
            broken.add(Manifests.name(object) + " " + otherwise);
        }
    }
}
