package io.reverser.cdk.charts;

import java.util.List;
import java.util.Map;

/** A chart of the catalogue and its release.
 *
 * @param release the name of the Helm release and of the values file
 * @param name of the chart; differs from the release name only where one chart has several releases
 * @param repository URL of the Helm repository
 * @param namespace of the release
 * @param freeFormPaths maps in the values that accept any key although the chart has defaults in them, like {@code
 *     configs/params}
 * @param withoutEffect values that change nothing in the rendered objects, by path, with the reason to keep them
 * @param waits whether Helm waits until all objects are ready, and rolls the release back if they are not
 */
public record Chart(
        String release,
        String name,
        String repository,
        String version,
        String namespace,
        List<String> freeFormPaths,
        Map<String, String> withoutEffect,
        boolean waits) {

    /** Copies its collections. */
    public Chart {
        freeFormPaths = List.copyOf(freeFormPaths);
        withoutEffect = Map.copyOf(withoutEffect);
    }

    /** Whether the chart's version is in the catalogue under another release, which has the chart's name. */
    boolean isFurtherRelease() {
        return !release.equals(name);
    }
}
