package io.reverser.simulators.aws.eks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedSet;

/** Builds the EKS responses about clusters and access entries. */
final class EksResponses {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EksResponses() {}

    static JsonNode cluster(Eks.EksCluster of) {
        ObjectNode cluster = JSON.objectNode().put("name", of.name()).put("status", "ACTIVE");
        cluster.putObject("accessConfig").put("authenticationMode", of.authenticationMode());
        if (!of.endpoint().isEmpty()) {
            cluster.put("endpoint", of.endpoint());
            cluster.putObject("certificateAuthority")
                    .put(
                            "data",
                            Base64.getEncoder()
                                    .encodeToString(of.certificateAuthority().getBytes(StandardCharsets.UTF_8)));
        }
        return JSON.objectNode().set("cluster", cluster);
    }

    static JsonNode policies(AccessEntry entry) {
        ObjectNode response = JSON.objectNode().put("clusterName", entry.cluster());
        ArrayNode list = response.putArray("associatedAccessPolicies");
        entry.policies().forEach((arn, namespaces) -> list.add(policy(arn, namespaces)));
        return response;
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
