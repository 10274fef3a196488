package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.policy.Policy;
import java.util.List;

/**
 * An environment.
 *
 * @param name like {@code dev}
 * @param account of AWS, 12 digits
 * @param access who may get access to clusters, as the functions read it
 * @param accessText the same as it stands in the file
 */
public record Settings(
        String name,
        String account,
        String region,
        Network network,
        Cluster cluster,
        Database database,
        Delivery delivery,
        Operations operations,
        Policy access,
        JsonNode accessText) {

    /**
     * The network.
     *
     * @param cidr of the VPC, from /16 to /20
     * @param zones three availability zones
     * @param natGateways from 1, which is cheap, to one for each zone, which survives the loss of a zone
     */
    public record Network(String cidr, List<String> zones, int natGateways) {

        /** Keeps its own list. */
        public Network {
            zones = List.copyOf(zones);
        }
    }

    /**
     * The cluster.
     *
     * @param version of Kubernetes, like {@code 1.35}
     * @param endpointFrom addresses that may reach its API from outside; nobody when empty
     * @param standing who always has access
     */
    public record Cluster(
            String name, String version, List<String> endpointFrom, Nodes nodes, List<StandingAccess> standing) {

        /** Keeps its own lists. */
        public Cluster {
            endpointFrom = List.copyOf(endpointFrom);
            standing = List.copyOf(standing);
        }
    }

    /**
     * The machines of the cluster.
     *
     * @param type like {@code m7g.large}
     * @param fewest at least two, for what runs twice
     */
    public record Nodes(String type, int fewest, int most, int diskGib) {}

    /**
     * Somebody who always has access.
     *
     * @param principal an IAM role's ARN
     * @param policy an EKS access policy, like {@code AmazonEKSViewPolicy}
     * @param namespaces the whole cluster when empty
     */
    public record StandingAccess(String principal, String policy, List<String> namespaces) {

        /** Keeps its own list. */
        public StandingAccess {
            namespaces = List.copyOf(namespaces);
        }
    }

    /**
     * The database.
     *
     * @param fewestAcu Aurora capacity units, in halves
     * @param isProtected whether neither people nor CloudFormation can delete it
     */
    public record Database(String name, double fewestAcu, double mostAcu, int backupDays, boolean isProtected) {}

    /**
     * Where the software comes from.
     *
     * @param repository on GitHub, {@code owner/name}
     */
    public record Delivery(String repository, String branch) {}

    /**
     * How it is looked after.
     *
     * @param slackSecret the name of the secret with {@code bot_token} and {@code signing_secret}
     * @param logDays how long logs are kept
     */
    public record Operations(String slackSecret, int logDays) {}
}
