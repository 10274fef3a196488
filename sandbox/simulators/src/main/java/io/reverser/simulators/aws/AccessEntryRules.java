package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What EKS takes for an access entry.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html">Create access entries</a>
 */
final class AccessEntryRules {

    private static final Pattern PRINCIPAL = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+");
    private static final Pattern POLICY = Pattern.compile("arn:aws:eks::aws:cluster-access-policy/AmazonEKS\\w+Policy");
    private static final Set<String> TYPES = Set.of("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2");

    private static final int LONGEST_PAGE = 100;

    private AccessEntryRules() {}

    static void principal(String arn) {
        if (!PRINCIPAL.matcher(arn).matches() || arn.contains("/aws-service-role/")) {
            throw AwsError.invalid("The specified principalArn is invalid: invalid principal.");
        }
    }

    static void type(String type) {
        if (!TYPES.contains(type)) {
            throw AwsError.invalid("The specified type is not supported");
        }
    }

    static void policy(String arn) {
        if (!POLICY.matcher(arn).matches()) {
            throw AwsError.invalid("The policyArn parameter format is not valid");
        }
    }

    /** The Kubernetes groups that a request names. EKS keeps those of Kubernetes itself for its access policies. */
    static SortedSet<String> groups(JsonNode request) {
        var groups = new TreeSet<String>();
        request.path("kubernetesGroups").forEach(group -> groups.add(group.asText()));
        if (groups.stream().anyMatch(group -> group.startsWith("system:"))) {
            throw AwsError.invalid("The kubernetes group name is invalid, it cannot start with system:");
        }
        return groups;
    }

    static SortedSet<String> namespaces(JsonNode scope) {
        var namespaces = new TreeSet<String>();
        scope.path("namespaces").forEach(namespace -> namespaces.add(namespace.asText()));
        boolean whole = scope.path("type").asText().equals("cluster");
        if (whole != namespaces.isEmpty()) {
            throw AwsError.invalid("Namespaces are needed for the scope namespace, and only there");
        }
        return namespaces;
    }

    /** How many are on a page. */
    static int page(String maxResults) {
        int most = Integer.parseInt(maxResults);
        if (most < 1 || most > LONGEST_PAGE) {
            throw AwsError.invalid("maxResults must be between 1 and %d".formatted(LONGEST_PAGE));
        }
        return most;
    }

    static Map<String, String> tags(JsonNode node) {
        var tags = new TreeMap<String, String>();
        node.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        Tags.check(tags);
        return tags;
    }
}
