package io.reverser.cdk.settings;

import io.reverser.access.policy.AccessPolicy;
import io.reverser.access.policy.Namespaces;
import io.reverser.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code cluster}.
 *
 * @param version of Kubernetes, like {@code 1.35}
 * @param endpointFrom addresses that may reach its API from outside; nobody when empty
 * @param standing who always has access
 */
public record ClusterSettings(
        String name, String version, List<String> endpointFrom, Nodes nodes, List<StandingAccess> standing) {

    private static final Pattern VERSION = Pattern.compile("1\\.3[4-6]");
    private static final Pattern INSTANCE = Pattern.compile("[a-z][a-z0-9]+\\.(large|[248]?xlarge|1[26]xlarge)");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+");

    /** Keeps its own lists. */
    public ClusterSettings {
        endpointFrom = List.copyOf(endpointFrom);
        standing = List.copyOf(standing);
    }

    /**
     * The machines of the cluster.
     *
     * @param type like {@code m7i.large}
     * @param fewest at least two, for what runs twice
     */
    public record Nodes(String type, int fewest, int most, int diskGib) {}

    /**
     * Somebody who always has access.
     *
     * @param principal the ARN of an IAM role or user
     * @param policy an EKS access policy, like {@code AmazonEKSViewPolicy}
     * @param namespaces the whole cluster when empty
     */
    public record StandingAccess(String principal, String policy, List<String> namespaces) {

        /** Keeps its own list. */
        public StandingAccess {
            namespaces = List.copyOf(namespaces);
        }
    }

    static ClusterSettings read(Section cluster) {
        cluster.knows("name", "version", "endpoint_from", "nodes", "standing_access");
        return new ClusterSettings(
                cluster.text("name", Forms.NAME, "small letters, digits and hyphens"),
                cluster.text(
                        "version", VERSION, "a version of Kubernetes from \"1.34\" to \"1.36\", in quotation marks"),
                Forms.ranges(cluster, "endpoint_from"),
                nodes(cluster.section("nodes")),
                cluster.rows("standing_access").stream()
                        .map(ClusterSettings::standing)
                        .toList());
    }

    private static Nodes nodes(Section nodes) {
        nodes.knows("type", "fewest", "most", "disk_gib");
        int fewest = nodes.number("fewest", 2);
        int most = nodes.number("most", fewest);
        if (fewest < 2) {
            nodes.problem("fewest", "at least 2: some add-ons run twice, on different nodes");
        }
        if (most < fewest) {
            nodes.problem("most", "at least the fewest, " + fewest);
        }
        return new Nodes(
                nodes.text("type", INSTANCE, "an instance type of at least large, like m7i.large"),
                fewest,
                most,
                nodes.number("disk_gib", 50));
    }

    private static StandingAccess standing(Section row) {
        row.knows("principal", "policy", "namespaces");
        List<String> namespaces = row.has("namespaces")
                ? row.each(
                        "namespaces", name -> Optional.of(name).filter(Namespaces::isName), "the name of a namespace")
                : List.of();
        String policy = row.node().path("policy").asText("");
        if (AccessPolicy.named(policy).isEmpty()) {
            row.problem("policy", "an EKS access policy like AmazonEKSViewPolicy");
        }
        return new StandingAccess(
                row.text("principal", ROLE, "the ARN of an IAM role or user, its path included"), policy, namespaces);
    }
}
