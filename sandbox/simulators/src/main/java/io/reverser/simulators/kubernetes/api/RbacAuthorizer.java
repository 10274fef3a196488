package io.reverser.simulators.kubernetes.api;

import io.reverser.simulators.aws.eks.AccessEntry;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a caller may send a request, by the permissions of the rotation function's Role and of the EKS access
 * policy for cluster administrators.
 */
final class RbacAuthorizer {

    static final String ROTATION_GROUP = "rotation";
    private static final String NAMESPACE = "reverser";
    private static final String ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    private static final List<Rule> RULES = List.of(
            new Rule("apps", "deployments", "reverser", Set.of("get")),
            new Rule("", "pods", "", Set.of("list")),
            new Rule("external-secrets.io", "externalsecrets", "database", Set.of("get", "patch")));

    /**
     * A rule of an RBAC Role.
     *
     * @param name the name of the only object that the rule permits; empty for all objects
     */
    private record Rule(String group, String resource, String name, Set<String> verbs) {

        private boolean allows(ApiRequest request) {
            return group.equals(request.group())
                    && resource.equals(request.resource())
                    && (name.isEmpty() || name.equals(request.name()))
                    && verbs.contains(request.verb());
        }
    }

    private RbacAuthorizer() {}

    static boolean isAllowed(AccessEntry caller, ApiRequest request) {
        return caller.policies().containsKey(ADMIN_POLICY)
                || (caller.groups().contains(ROTATION_GROUP)
                        && request.namespace().equals(NAMESPACE)
                        && RULES.stream().anyMatch(rule -> rule.allows(request)));
    }
}
