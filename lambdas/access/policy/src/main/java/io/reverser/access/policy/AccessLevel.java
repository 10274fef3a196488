package io.reverser.access.policy;

import java.util.Set;

/**
 * A named level of access to a cluster, such as view or edit, that users can request.
 *
 * @param namespaced whether the access is limited to namespaces, which the request must name; otherwise it is for the
 *     whole cluster
 */
public record AccessLevel(String name, EksAccessPolicy policy, boolean namespaced) {

    /** The capabilities of this access level that an approver should know about. */
    public Set<EksAccessPolicy.Capability> capabilities() {
        return policy.capabilities();
    }
}
