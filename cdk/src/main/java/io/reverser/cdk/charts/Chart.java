package io.reverser.cdk.charts;

import java.util.List;
import java.util.Map;

/** A Helm chart in the catalogue, and the release that is installed from it.
 *
 * @param release the name of the Helm release and of the values file
 * @param name of the chart; differs from the release name only where one chart has several releases
 * @param repository URL of the Helm repository
 * @param namespace of the release
 * @param freeFormPaths paths of maps in the values that accept any key although the chart's defaults already have keys
 *     in them, like {@code configs/params}
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

    /** Copies the collections, so that the record is immutable. */
    public Chart {
        freeFormPaths = List.copyOf(freeFormPaths);
        withoutEffect = Map.copyOf(withoutEffect);
    }

    /**
     * Whether this is a second release of a chart. The catalogue then lists the chart's version under the first
     * release, which is named after the chart.
     */
    boolean isFurtherRelease() {
        return !release.equals(name);
    }
}
