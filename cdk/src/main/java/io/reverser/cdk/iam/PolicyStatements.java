package io.reverser.cdk.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/**
 * IAM policy statements with the effect Allow. Conditions are sorted, so that equal statements render the same
 * template.
 */
public final class PolicyStatements {

    private PolicyStatements() {}

    /** A statement for a role's policy that allows actions on resources. */
    public static PolicyStatement allow(String sid, List<String> actions, List<String> resources) {
        return builder(actions, resources).sid(sid).build();
    }

    /**
     * A statement for a role's policy that allows actions on resources under conditions.
     *
     * @param conditions by operator: condition keys with their values
     */
    public static PolicyStatement allow(
            String sid,
            List<String> actions,
            List<String> resources,
            Map<String, ? extends Map<String, ?>> conditions) {
        return builder(actions, resources)
                .sid(sid)
                .conditions(ordered(conditions))
                .build();
    }

    /** A statement for a resource's policy that allows actions to an AWS service under conditions. */
    public static PolicyStatement allowService(
            String service, List<String> actions, String resource, Map<String, ? extends Map<String, ?>> conditions) {
        return builder(actions, List.of(resource))
                .principals(List.of(new ServicePrincipal(service)))
                .conditions(ordered(conditions))
                .build();
    }

    private static PolicyStatement.Builder builder(List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create().actions(actions).resources(resources);
    }

    private static Map<String, Map<String, ?>> ordered(Map<String, ? extends Map<String, ?>> conditions) {
        var ordered = new TreeMap<String, Map<String, ?>>();
        conditions.forEach((operator, keys) -> ordered.put(operator, new TreeMap<>(keys)));
        return ordered;
    }
}
