package io.reverser.access.policy;

import java.util.List;

/**
 * An EKS cluster in the same AWS account.
 *
 * @param namespaces the namespaces that can be requested; {@code dev-*} means all with the prefix {@code dev-}
 */
public record PolicyCluster(String name, String region, List<String> namespaces) {

    /** Makes a defensive copy of the list. */
    public PolicyCluster {
        namespaces = List.copyOf(namespaces);
    }

    /** Whether this namespace can be requested. It may be a pattern, if one of the cluster's patterns includes it. */
    boolean allowsNamespace(String namespace) {
        return namespaces.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? namespace.startsWith(pattern.substring(0, pattern.length() - 1))
                        : pattern.equals(namespace));
    }
}
