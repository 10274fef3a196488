package io.reverser.cdk.charts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds values that change nothing: without them, Helm renders the same objects for every environment, because the
 * chart does not read these values or has the same defaults.
 *
 * <p>An ineffective value stays removed while the next values are tried, so that all values that were found can be
 * removed together. If two values have the same effect, so that either can be removed, only one of them is found.
 */
public final class IneffectiveValues {

    private final Helm helm;
    private final Catalogue catalogue;
    private final Chart chart;
    private final Path unpacked;
    private final List<Baseline> baselines = new ArrayList<>();

    private IneffectiveValues(Helm helm, Catalogue catalogue, Chart chart, Path unpacked) {
        this.helm = helm;
        this.catalogue = catalogue;
        this.chart = chart;
        this.unpacked = unpacked;
    }

    /**
     * Returns one sentence for each ineffective value that the catalogue does not list under {@code without_effect},
     * and for each value that it lists there by mistake.
     */
    public static List<String> problems(
            Helm helm, Catalogue catalogue, Chart chart, Path unpacked, List<ChartEnvironment> environments)
            throws IOException, InterruptedException {
        var values = new IneffectiveValues(helm, catalogue, chart, unpacked);
        for (ChartEnvironment environment : environments) {
            values.addBaseline(environment);
        }
        return values.problems();
    }

    private void addBaseline(ChartEnvironment environment) throws IOException, InterruptedException {
        RenderedChart rendered = render(catalogue.rawValues(chart), environment);
        // A chart that generates certificates or passwords generates new ones in each rendering, so these differences
        // are ignored.
        Set<String> random = rendered.differences(render(catalogue.rawValues(chart), environment));
        baselines.add(new Baseline(environment, rendered, random));
    }

    private List<String> problems() throws IOException, InterruptedException {
        JsonNode values = catalogue.rawValues(chart);
        var paths = new LinkedHashMap<String, JsonPointer>();
        collect(JsonPointer.empty(), values, paths);
        var problems = new ArrayList<String>();
        var settled = new ArrayList<String>();
        for (String listed : chart.withoutEffect().keySet()) {
            settled.add(listed);
            JsonPointer path = paths.get(listed);
            if (path == null) {
                problems.add("catalogue.yaml: without_effect of %1$s lists %2$s, which is not in %1$s.yaml"
                        .formatted(chart.release(), listed));
            } else if (hasEffect(without(path, values))) {
                problems.add("catalogue.yaml: without_effect of %s lists %s, which has an effect"
                        .formatted(chart.release(), listed));
            }
        }
        for (var path : paths.entrySet()) {
            if (settled.stream().noneMatch(above -> isAtOrBelow(above, path.getKey()))) {
                JsonNode rest = without(path.getValue(), values);
                if (!hasEffect(rest)) {
                    values = rest;
                    settled.add(path.getKey());
                    problems.add("%s.yaml: %s has no effect".formatted(chart.release(), path.getKey()));
                }
            }
        }
        return problems;
    }

    private static boolean isAtOrBelow(String above, String path) {
        return path.equals(above) || path.startsWith(above + "/");
    }

    /**
     * Collects the paths of all values, lists and list items. The last item of a list comes first, so that its removal
     * does not shift the other items.
     */
    private static void collect(JsonPointer path, JsonNode value, Map<String, JsonPointer> paths) {
        if (!value.isObject() || value.isEmpty()) {
            paths.put(text(path), path);
        }
        value.properties().forEach(entry -> collect(path.appendProperty(entry.getKey()), entry.getValue(), paths));
        for (int i = value.isArray() ? value.size() - 1 : -1; i >= 0; i--) {
            collect(path.appendIndex(i), value.path(i), paths);
        }
    }

    private static String text(JsonPointer path) {
        var text = new StringBuilder();
        for (JsonPointer part = path; !part.matches(); part = part.tail()) {
            text.append(text.isEmpty() ? "" : "/").append(part.getMatchingProperty());
        }
        return text.toString();
    }

    private static JsonNode without(JsonPointer path, JsonNode values) {
        JsonNode rest = values.deepCopy();
        if (rest.at(path.head()) instanceof ArrayNode list) {
            list.remove(path.last().getMatchingIndex());
        } else if (rest.at(path.head()) instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        }
        return rest;
    }

    private boolean hasEffect(JsonNode values) throws IOException, InterruptedException {
        for (Baseline baseline : baselines) {
            if (hasEffect(values, baseline)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasEffect(JsonNode values, Baseline baseline) throws IOException, InterruptedException {
        try {
            RenderedChart rendered = render(values, baseline.environment());
            return !baseline.random().containsAll(baseline.rendered().differences(rendered));
        } catch (HelmException requiresValue) {
            return true;
        }
    }

    private RenderedChart render(JsonNode values, ChartEnvironment environment)
            throws IOException, InterruptedException {
        return helm.render(
                chart, unpacked, catalogue.renderedValues(chart, values, environment), environment.kubernetes());
    }

    /** The objects that Helm renders from a chart with all values of its values file.
     *
     * @param random differences between two renderings with the same values
     */
    private record Baseline(ChartEnvironment environment, RenderedChart rendered, Set<String> random) {

        /** Copies the set, so that the record is immutable. */
        Baseline {
            random = Set.copyOf(random);
        }
    }
}
