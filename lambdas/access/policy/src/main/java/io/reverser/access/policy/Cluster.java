package io.reverser.access.policy;

import java.util.List;

/**
 * A cluster of this account.
 *
 * @param namespaces those that can be asked for; {@code dev-*} stands for all that begin with {@code dev-}
 */
public record Cluster(String name, String region, List<String> namespaces) {

    /** Keeps its own list. */
    public Cluster {
        namespaces = List.copyOf(namespaces);
    }

    /** Whether a namespace, or a pattern no wider than one of ours, can be asked for. */
    boolean offers(String namespace) {
        return namespaces.stream()
                .anyMatch(offered -> offered.endsWith("*")
                        ? namespace.startsWith(offered.substring(0, offered.length() - 1))
                        : offered.equals(namespace));
    }
}
