package io.reverser.access.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody asks for.
 *
 * @param who a Slack user ID
 * @param namespaces empty for the whole cluster
 * @param duration empty for what is usual
 * @param incident in an emergency, its name; then nobody is asked first
 */
public record Wish(
        String who,
        String cluster,
        String level,
        SortedSet<String> namespaces,
        Optional<Duration> duration,
        String reason,
        Optional<String> incident) {

    /** Keeps its own set. */
    public Wish {
        namespaces = new TreeSet<>(namespaces);
    }

    /** The same for another reason. */
    public Wish because(String another) {
        return new Wish(who, cluster, level, namespaces, duration, another, incident);
    }

    /** Whether nobody is asked first. */
    public boolean isBreakGlass() {
        return incident.isPresent();
    }
}
