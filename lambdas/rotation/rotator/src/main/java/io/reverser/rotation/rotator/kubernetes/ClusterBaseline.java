package io.reverser.rotation.rotator.kubernetes;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The state of the cluster before a rotation changes anything. Later differences are effects of the rotation.
 *
 * @param syncVersion the {@link ExternalSecretStatus#syncVersion} before the rotation
 * @param templateHashes the pod template hashes of the existing pods
 */
public record ClusterBaseline(String syncVersion, Set<String> templateHashes) {

    public ClusterBaseline {
        templateHashes = Set.copyOf(templateHashes);
    }

    public static ClusterBaseline parse(String syncVersion, String templateHashText) {
        return new ClusterBaseline(syncVersion, new TreeSet<>(Arrays.asList(templateHashText.split(" "))));
    }

    /** The pod template hashes as text, which {@link #parse} can read. */
    public String templateHashText() {
        return String.join(" ", new TreeSet<>(templateHashes));
    }
}
