package io.reverser.cdk.charts;

import java.util.List;
import java.util.Map;

/**
 * A chart of the catalogue, and the release that is made of it.
 *
 * @param release its name, and that of the file with its values
 * @param name of the chart: that of the release, but where one chart makes several
 * @param repository of Helm, an address
 * @param namespace it is installed into
 * @param freeFormPaths parts of its values that take any key although they have some by default, like {@code configs/params}
 * @param withoutEffect values that change nothing in the rendered objects, by path, with the reason why they are given
 * @param waits whether Helm waits until all objects are ready, and rolls the release back when they are not
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

    /** Keeps its own. */
    public Chart {
        freeFormPaths = List.copyOf(freeFormPaths);
        withoutEffect = Map.copyOf(withoutEffect);
    }

    /** Whether the catalogue names its version elsewhere, with the release of the chart's own name. */
    boolean isFurtherRelease() {
        return !release.equals(name);
    }
}
