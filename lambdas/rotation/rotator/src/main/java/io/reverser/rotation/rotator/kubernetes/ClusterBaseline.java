package io.reverser.rotation.rotator.kubernetes;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cluster before anything changed. What differs from it later is the effect of the rotation.
 *
 * @param syncVersion an {@link ExternalSecretStatus#syncVersion}
 * @param templateHashes of the pods
 */
public record ClusterBaseline(String syncVersion, Set<String> templateHashes) {

    public ClusterBaseline {
        templateHashes = Set.copyOf(templateHashes);
    }

    public static ClusterBaseline parse(String syncVersion, String templateHashText) {
        return new ClusterBaseline(syncVersion, new TreeSet<>(Arrays.asList(templateHashText.split(" "))));
    }

    /** In the format of {@link #parse}. */
    public String templateHashText() {
        return String.join(" ", new TreeSet<>(templateHashes));
    }
}
