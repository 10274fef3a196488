package io.reverser.access.policy;

import java.util.List;

/**
 * A cluster of this account.
 *
 * @param namespaces those that can be requested; {@code dev-*} means all with the prefix {@code dev-}
 */
public record PolicyCluster(String name, String region, List<String> namespaces) {

    /** Makes a defensive copy of the list. */
    public PolicyCluster {
        namespaces = List.copyOf(namespaces);
    }

    /** Whether this namespace, or a pattern no wider than an offered one, can be requested. */
    boolean allowsNamespace(String namespace) {
        return namespaces.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? namespace.startsWith(pattern.substring(0, pattern.length() - 1))
                        : pattern.equals(namespace));
    }
}
