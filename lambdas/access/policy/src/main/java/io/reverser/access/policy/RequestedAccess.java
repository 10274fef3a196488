package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The access to a cluster that a user requests.
 *
 * @param requester the requester's Slack user ID
 * @param namespaces the requested namespaces; empty for the whole cluster
 * @param duration the requested duration; empty for the default of the policy's rule
 * @param incident the name of the emergency; only present for break-glass access
 */
public record RequestedAccess(
        String requester,
        String cluster,
        String level,
        SortedSet<String> namespaces,
        Optional<Duration> duration,
        String reason,
        Optional<String> incident) {

    /** Makes a defensive copy of the set. */
    public RequestedAccess {
        namespaces = new TreeSet<>(namespaces);
    }

    /** A copy of the requested access with another reason. */
    public RequestedAccess withReason(String newReason) {
        return new RequestedAccess(requester, cluster, level, namespaces, duration, newReason, incident);
    }

    /** Whether this is break-glass access, which needs no approval. */
    public boolean isBreakGlass() {
        return incident.isPresent();
    }
}
