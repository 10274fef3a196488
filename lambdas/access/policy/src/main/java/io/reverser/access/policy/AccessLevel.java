package io.reverser.access.policy;

import java.util.Set;

/**
 * A named kind of access, as users request it.
 *
 * @param namespaced limited to namespaces that the request must name; otherwise for the whole cluster
 */
public record AccessLevel(String name, EksAccessPolicy policy, boolean namespaced) {

    /** The capabilities of this level that an approver should know. */
    public Set<EksAccessPolicy.Capability> capabilities() {
        return policy.capabilities();
    }
}
