package io.reverser.cdk.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Our own rules for manifests that the API server would accept. Each message about a violation names the object and the
 * problem.
 */
final class ManifestRules {

    private static final Set<String> CLUSTER_WIDE =
            Set.of("Namespace", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");

    private final List<String> violations = new ArrayList<>();

    private ManifestRules() {}

    /** A message for each violation; empty if there are none. */
    static List<String> violations(Manifests manifests) {
        var rules = new ManifestRules();
        manifests.objects().forEach(rules::place);
        manifests.all("Namespace").forEach(rules::namespace);
        manifests
                .all("Deployment")
                .flatMap(deployment -> PodRules.violations(manifests, deployment).stream())
                .forEach(rules.violations::add);
        manifests.all("NetworkPolicy").forEach(rules::network);
        manifests.all("Ingress").forEach(rules::ingress);
        manifests.all("ExternalSecret").forEach(rules::secret);
        manifests.all("Role").forEach(rules::role);
        manifests.all("RoleBinding").forEach(rules::binding);
        manifests.all("ValidatingAdmissionPolicy").forEach(rules::admission);
        return rules.violations;
    }

    private void place(JsonNode object) {
        boolean clusterWide = CLUSTER_WIDE.contains(object.path("kind").asText());
        rule(
                object.at("/metadata/namespace").asText().equals(clusterWide ? "" : "reverser"),
                object,
                clusterWide ? "is in a namespace" : "is not in the namespace reverser");
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

    private void network(JsonNode policy) {
        for (String side : List.of("ingress", "egress")) {
            String peers = side.equals("ingress") ? "from" : "to";
            rule(
                    Manifests.texts(policy.at("/spec/policyTypes"))
                            .contains(side.equals("ingress") ? "Ingress" : "Egress"),
                    policy,
                    "does not restrict " + side);
            Manifests.items(policy.at("/spec/" + side)).forEach(way -> {
                rule(
                        way.path(peers).size() > 0 && way.path("ports").size() > 0,
                        policy,
                        "has a rule without peers or ports in " + side);
                rule(
                        Manifests.items(way.path(peers))
                                .noneMatch(peer ->
                                        peer.at("/ipBlock/cidr").asText().endsWith("/0")),
                        policy,
                        "allows all addresses in " + side);
            });
        }
        rule(policy.at("/spec/podSelector").isEmpty(), policy, "does not select all pods of the namespace");
    }

    private void ingress(JsonNode ingress) {
        String attributes = annotation(ingress, "load-balancer-attributes");
        rule(attributes.contains("xff_header_processing.mode=append"), ingress, "does not append to X-Forwarded-For");
        rule(attributes.contains("drop_invalid_header_fields.enabled=true"), ingress, "accepts invalid headers");
        rule(attributes.contains("access_logs.s3.enabled=true"), ingress, "writes no access log");
        rule(annotation(ingress, "ssl-redirect").equals("443"), ingress, "answers without TLS");
        rule(annotation(ingress, "ip-address-type").equals("dualstack"), ingress, "does not accept IPv6");
        rule(!ingress.at("/spec/tls/0/hosts/0").asText().isEmpty(), ingress, "has no host for its certificate");
    }

    private void secret(JsonNode secret) {
        rule(
                !secret.at("/metadata/annotations").has("force-sync"),
                secret,
                "sets force-sync, which only the rotation writes");
        for (String field :
                List.of("/refreshPolicy", "/refreshInterval", "/target/creationPolicy", "/target/deletionPolicy")) {
            rule(secret.at("/spec" + field).isTextual(), secret, "does not set %s".formatted(field));
        }
    }

    private void role(JsonNode role) {
        Manifests.items(role.path("rules")).forEach(allowed -> {
            rule(
                    Stream.of("apiGroups", "resources", "verbs")
                            .noneMatch(field ->
                                    Manifests.texts(allowed.path(field)).contains("*")),
                    role,
                    "has a wildcard");
            rule(!Manifests.texts(allowed.path("resources")).contains("secrets"), role, "gives access to secrets");
            rule(
                    Manifests.texts(allowed.path("verbs")).equals(List.of("list"))
                            || allowed.path("resourceNames").size() > 0,
                    role,
                    "allows more than list without resourceNames");
        });
    }

    private void binding(JsonNode binding) {
        rule(binding.at("/roleRef/kind").asText().equals("Role"), binding, "binds a ClusterRole");
        rule(
                Manifests.items(binding.path("subjects"))
                        .noneMatch(subject -> subject.path("name").asText().startsWith("system:")),
                binding,
                "binds a group of Kubernetes itself");
    }

    private void admission(JsonNode policy) {
        rule(
                Manifests.items(policy.at("/spec/matchConditions"))
                        .anyMatch(condition ->
                                condition.path("expression").asText().contains("in request.userInfo.groups")),
                policy,
                "is not limited to a group");
        rule(
                policy.at("/spec/matchConstraints/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                        .asText()
                        .equals("reverser"),
                policy,
                "is not limited to the namespace reverser");
    }

    private static String annotation(JsonNode ingress, String name) {
        return ingress.at("/metadata/annotations")
                .path("alb.ingress.kubernetes.io/" + name)
                .asText();
    }

    private void rule(boolean holds, JsonNode object, String violation) {
        if (!holds) {
            violations.add(Manifests.name(object) + " " + violation);
        }
    }
}
