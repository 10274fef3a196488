package io.reverser.cdk.charts;

import java.util.List;

/**
 * A chart of the catalogue.
 *
 * @param repository of Helm, an address
 * @param namespace it is installed into
 * @param open parts of its values that take any key although they have some by default, like {@code configs/params}
 */
public record Chart(String name, String repository, String version, String namespace, List<String> open) {

    /** Keeps its own list. */
    public Chart {
        open = List.copyOf(open);
    }
}
