package io.reverser.cdk.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/** IAM policy statements that allow. Conditions are ordered, so that equal statements are equal templates. */
public final class PolicyStatements {

    private PolicyStatements() {}

    /** For a role: these actions on these resources. */
    public static PolicyStatement allow(String sid, List<String> actions, List<String> resources) {
        return builder(actions, resources).sid(sid).build();
    }

    /**
     * For a role, under conditions.
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

    /** For a resource's policy: an AWS service may call it, under conditions. */
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
