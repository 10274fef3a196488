package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The access to a cluster that a user requests.
 *
 * @param requester a Slack user ID
 * @param namespaces empty for the whole cluster
 * @param duration empty for the rule's default
 * @param incident the name of the emergency, for break-glass access
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

    /** The same access with another reason. */
    public RequestedAccess withReason(String newReason) {
        return new RequestedAccess(requester, cluster, level, namespaces, duration, newReason, incident);
    }

    /** Whether this is break-glass access, which needs no approval. */
    public boolean isBreakGlass() {
        return incident.isPresent();
    }
}
