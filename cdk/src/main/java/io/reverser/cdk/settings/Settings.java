package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.policy.Policy;
import io.reverser.alarms.routes.Routes;
import io.reverser.rotation.plan.RotationPlan;
import software.amazon.awscdk.RemovalPolicy;

/**
 * An environment.
 *
 * @param name like {@code dev}
 * @param account of AWS, 12 digits
 * @param deletionProtection whether people and CloudFormation are kept from deleting stacks, cluster, database and
 *     whatever else holds data; the database also gets a reader
 * @param alarms where alarms go in Slack
 * @param alarmsJson the same as it stands in the file
 * @param rotation when the database password changes, and how
 * @param rotationJson the same as it stands in the file
 * @param access who may get access to clusters, as the functions read it
 * @param accessJson the same as it stands in the file
 */
public record Settings(
        String name,
        String account,
        String region,
        boolean deletionProtection,
        NetworkSettings network,
        ClusterSettings cluster,
        DatabaseSettings database,
        DeliverySettings delivery,
        ArgoCdSettings argocd,
        OperationsSettings operations,
        Routes alarms,
        JsonNode alarmsJson,
        RotationPlan rotation,
        JsonNode rotationJson,
        Policy access,
        JsonNode accessJson) {

    /** What becomes of whatever holds data when its stack is deleted. */
    public RemovalPolicy removalPolicy() {
        return deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    }
}
