package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.policy.Policy;
import io.reverser.alarms.routes.Routes;
import io.reverser.rotation.plan.RotationPlan;
import software.amazon.awscdk.RemovalPolicy;

/**
 * The settings of an environment; {@code docs/settings.md} describes them.
 *
 * @param name like {@code dev}
 * @param alarmsJson the section {@code alarms} with its defaults, for the layer that the functions read; {@code
 *     rotationJson} and {@code accessJson} likewise
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

    /**
     * The removal policy of all resources that hold data. With deletion protection, they are retained; but if their
     * creation is rolled back, they are deleted, because their names would block the next attempt.
     */
    public RemovalPolicy removalPolicy() {
        return deletionProtection ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }
}
