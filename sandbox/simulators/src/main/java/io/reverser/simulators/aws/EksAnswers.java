package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedSet;

/** What EKS shows of clusters and access entries. */
final class EksAnswers {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EksAnswers() {}

    static JsonNode cluster(Eks.Cluster of) {
        ObjectNode cluster = JSON.objectNode().put("name", of.name()).put("status", "ACTIVE");
        cluster.putObject("accessConfig").put("authenticationMode", of.mode());
        if (!of.endpoint().isEmpty()) {
            cluster.put("endpoint", of.endpoint());
            cluster.putObject("certificateAuthority")
                    .put(
                            "data",
                            Base64.getEncoder().encodeToString(of.authority().getBytes(StandardCharsets.UTF_8)));
        }
        return JSON.objectNode().set("cluster", cluster);
    }

    static JsonNode policies(AccessEntry entry) {
        ObjectNode answer = JSON.objectNode().put("clusterName", entry.cluster());
        ArrayNode list = answer.putArray("associatedAccessPolicies");
        entry.policies().forEach((arn, namespaces) -> list.add(policy(arn, namespaces)));
        return answer;
    }

    static ObjectNode policy(String arn, SortedSet<String> namespaces) {
        ObjectNode policy = JSON.objectNode().put("policyArn", arn);
        ObjectNode scope = policy.putObject("accessScope").put("type", namespaces.isEmpty() ? "cluster" : "namespace");
        namespaces.forEach(scope.putArray("namespaces")::add);
        return policy;
    }

    static JsonNode entry(AccessEntry entry) {
        ObjectNode description = JSON.objectNode()
                .put("clusterName", entry.cluster())
                .put("principalArn", entry.principalArn())
                .put("accessEntryArn", entry.arn())
                .put("type", "STANDARD")
                .put("username", entry.username())
                .put("createdAt", entry.created().getEpochSecond());
        description.set("tags", tags(entry));
        entry.groups().forEach(description.putArray("kubernetesGroups")::add);
        return JSON.objectNode().set("accessEntry", description);
    }

    static ObjectNode tags(AccessEntry entry) {
        ObjectNode tags = JSON.objectNode();
        entry.tags().forEach(tags::put);
        return tags;
    }
}
