package io.reverser.cdk.charts;

import java.util.List;

/**
 * A chart of the catalogue.
 *
 * @param repository of Helm, an address
 * @param namespace it is installed into
 * @param freeFormPaths parts of its values that take any key although they have some by default, like {@code configs/params}
 */
public record Chart(String name, String repository, String version, String namespace, List<String> freeFormPaths) {

    /** Keeps its own list. */
    public Chart {
        freeFormPaths = List.copyOf(freeFormPaths);
    }
}
