package io.reverser.rotation.rotator.kubernetes;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the cluster looked like before anything changed, by which what is new in it is known later.
 *
 * @param syncVersion the last of External Secrets, as {@link ExternalSecretStatus#syncVersion} has it
 * @param templateHashes the pod templates that pods were made from
 */
public record ClusterBaseline(String syncVersion, Set<String> templateHashes) {

    public ClusterBaseline {
        templateHashes = Set.copyOf(templateHashes);
    }

    public static ClusterBaseline parse(String syncVersion, String templateHashText) {
        return new ClusterBaseline(syncVersion, new TreeSet<>(Arrays.asList(templateHashText.split(" "))));
    }

    /** As {@link #parse} reads it. */
    public String templateHashText() {
        return String.join(" ", new TreeSet<>(templateHashes));
    }
}
