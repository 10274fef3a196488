package io.reverser.cdk.settings;

import io.reverser.access.policy.EksAccessPolicy;
import io.reverser.access.policy.Namespaces;
import io.reverser.configreader.ConfigSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code cluster}.
 *
 * @param version of Kubernetes, like {@code 1.35}
 * @param allowedCidrs addresses that may reach its API from outside the VPC; none when empty
 * @param standingAccess principals that always have access
 */
public record ClusterSettings(
        String name, String version, List<String> allowedCidrs, NodeGroup nodes, List<StandingAccess> standingAccess) {

    private static final Pattern VERSION = Pattern.compile("1\\.3[4-6]");
    private static final Pattern INSTANCE_TYPE = Pattern.compile("[a-z][a-z0-9]+\\.(large|[248]?xlarge|1[26]xlarge)");
    private static final Pattern PRINCIPAL_ARN =
            Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+");

    /** Keeps its own lists. */
    public ClusterSettings {
        allowedCidrs = List.copyOf(allowedCidrs);
        standingAccess = List.copyOf(standingAccess);
    }

    /**
     * The machines of the cluster.
     *
     * @param type like {@code m7i.large}
     * @param min at least two, for what runs twice
     */
    public record NodeGroup(String type, int min, int max, int diskGib) {}

    /**
     * A principal that always has access.
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

    static ClusterSettings read(ConfigSection section) {
        ConfigSection cluster = section.renamed(Map.of("endpoint_from", "allowed_cidrs"))
                .allowOnly("name", "version", "allowed_cidrs", "nodes", "standing_access");
        return new ClusterSettings(
                cluster.text("name", Patterns.NAME, "small letters, digits and hyphens"),
                cluster.text(
                        "version", VERSION, "a version of Kubernetes from \"1.34\" to \"1.36\", in quotation marks"),
                Patterns.cidrs(cluster, "allowed_cidrs"),
                readNodes(cluster.section("nodes")),
                cluster.entries("standing_access").stream()
                        .map(ClusterSettings::readStandingAccess)
                        .toList());
    }

    private static NodeGroup readNodes(ConfigSection section) {
        ConfigSection nodes =
                section.renamed(Map.of("fewest", "min", "most", "max")).allowOnly("type", "min", "max", "disk_gib");
        int min = nodes.number("min", 2);
        int max = nodes.number("max", min);
        if (min < 2) {
            nodes.reject("min", "at least 2: some add-ons run twice, on different nodes");
        }
        if (max < min) {
            nodes.reject("max", "at least min, " + min);
        }
        return new NodeGroup(
                nodes.text("type", INSTANCE_TYPE, "an instance type of at least large, like m7i.large"),
                min,
                max,
                nodes.number("disk_gib", 50));
    }

    private static StandingAccess readStandingAccess(ConfigSection row) {
        row.allowOnly("principal", "policy", "namespaces");
        List<String> namespaces = row.has("namespaces")
                ? row.list(
                        "namespaces", name -> Optional.of(name).filter(Namespaces::isName), "the name of a namespace")
                : List.of();
        String policy = row.node().path("policy").asText("");
        if (EksAccessPolicy.fromAwsName(policy).isEmpty()) {
            row.reject("policy", "an EKS access policy like AmazonEKSViewPolicy");
        }
        return new StandingAccess(
                row.text("principal", PRINCIPAL_ARN, "the ARN of an IAM role or user, its path included"),
                policy,
                namespaces);
    }
}
