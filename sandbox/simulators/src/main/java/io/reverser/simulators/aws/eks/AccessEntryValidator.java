package io.reverser.simulators.aws.eks;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.TagValidator;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The rules for access entries and access policies of EKS.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html">Create access entries</a>
 */
final class AccessEntryValidator {

    private static final Pattern PRINCIPAL = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+");
    private static final Pattern POLICY = Pattern.compile("arn:aws:eks::aws:cluster-access-policy/AmazonEKS\\w+Policy");
    private static final Set<String> TYPES = Set.of("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2");

    private static final int MAX_PAGE_SIZE = 100;

    private AccessEntryValidator() {}

    static boolean isPrincipal(String arn) {
        return PRINCIPAL.matcher(arn).matches() && !arn.contains("/aws-service-role/");
    }

    static void validatePrincipal(String arn) {
        if (!isPrincipal(arn)) {
            throw AwsError.invalidParameter("The specified principalArn is invalid: invalid principal.");
        }
    }

    static void validateType(String type) {
        if (!TYPES.contains(type)) {
            throw AwsError.invalidParameter("The specified type is not supported");
        }
    }

    static void validatePolicy(String arn) {
        if (!POLICY.matcher(arn).matches()) {
            throw AwsError.invalidParameter("The policyArn parameter format is not valid");
        }
    }

    /**
     * Returns the Kubernetes groups in a request. Like EKS, it rejects the groups that are reserved for Kubernetes
     * itself.
     */
    static SortedSet<String> parseGroups(JsonNode request) {
        var groups = new TreeSet<String>();
        request.path("kubernetesGroups").forEach(group -> groups.add(group.asText()));
        if (groups.stream().anyMatch(group -> group.startsWith("system:"))) {
            throw AwsError.invalidParameter("The kubernetes group name is invalid, it cannot start with system:");
        }
        return groups;
    }

    static SortedSet<String> parseNamespaces(JsonNode scope) {
        var namespaces = new TreeSet<String>();
        scope.path("namespaces").forEach(namespace -> namespaces.add(namespace.asText()));
        boolean isClusterScope = scope.path("type").asText().equals("cluster");
        if (isClusterScope != namespaces.isEmpty()) {
            throw AwsError.invalidParameter("Namespaces are needed for the scope namespace, and only there");
        }
        return namespaces;
    }

    /** Returns the page size that a list request asks for in {@code maxResults}. */
    static int parsePageSize(String maxResults) {
        int pageSize = Integer.parseInt(maxResults);
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw AwsError.invalidParameter("maxResults must be between 1 and %d".formatted(MAX_PAGE_SIZE));
        }
        return pageSize;
    }

    static Map<String, String> parseTags(JsonNode node) {
        var tags = new TreeMap<String, String>();
        node.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        TagValidator.validate(tags);
        return tags;
    }
}
