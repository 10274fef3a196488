package io.reverser.access.policy;

import java.util.Set;

/**
 * A kind of access that people know by a name.
 *
 * @param namespaced given for namespaces that have to be named, else for the whole cluster
 */
public record AccessLevel(String name, EksAccessPolicy policy, boolean namespaced) {

    /** What this level allows that an approver should know of. */
    public Set<EksAccessPolicy.Capability> capabilities() {
        return policy.capabilities();
    }
}
