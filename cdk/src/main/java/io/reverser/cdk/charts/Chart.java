package io.reverser.cdk.charts;

import java.util.List;

/**
 * A chart of the catalogue, and the release that is made of it.
 *
 * @param release its name, and that of the file with its values
 * @param name of the chart: that of the release, but where one chart makes several
 * @param repository of Helm, an address
 * @param namespace it is installed into
 * @param freeFormPaths parts of its values that take any key although they have some by default, like {@code configs/params}
 * @param waits whether Helm waits until all objects are ready, and rolls the release back when they are not
 */
public record Chart(
        String release,
        String name,
        String repository,
        String version,
        String namespace,
        List<String> freeFormPaths,
        boolean waits) {

    /** Keeps its own list. */
    public Chart {
        freeFormPaths = List.copyOf(freeFormPaths);
    }

    /** Whether the catalogue names its version elsewhere, with the release of the chart's own name. */
    boolean isFurtherRelease() {
        return !release.equals(name);
    }
}
