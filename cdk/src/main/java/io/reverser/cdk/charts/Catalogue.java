package io.reverser.cdk.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.configreader.NotUtf8Exception;
import io.reverser.configreader.Utf8File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder {@code helm-values}: all Helm charts with their versions, and a values file for each release. */
public final class Catalogue {

    private final Path folder;
    private final JsonNode content;
    private final List<Chart> charts;

    private Catalogue(Path folder, JsonNode content) {
        this.folder = folder;
        this.content = content;
        this.charts = Stream.of("charts", "addons")
                .map(content::path)
                .flatMap(rows ->
                        rows.properties().stream().map(chart -> parseChart(chart.getKey(), chart.getValue(), rows)))
                .toList();
    }

    /** Reads the catalogue; values files are read on demand. */
    public static Catalogue read(Path folder) {
        return new Catalogue(folder, readYaml(folder.resolve("catalogue.yaml")));
    }

    /** The folder that contains {@code catalogue.yaml} and the values files. */
    Path folder() {
        return folder;
    }

    /** All releases, including the charts of EKS add-ons. */
    public List<Chart> charts() {
        return charts;
    }

    /** Finds a chart by the name of its release.
     *
     * @throws IllegalStateException if the catalogue does not list it
     */
    public Chart chart(String release) {
        return charts.stream()
                .filter(chart -> chart.release().equals(release))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("catalogue.yaml has no chart " + release));
    }

    /** Finds the autoscaler's image tag for a Kubernetes version.
     *
     * @throws IllegalStateException if the catalogue has no image tag for this version
     */
    public String autoscalerImageTag(String kubernetes) {
        JsonNode tag = content.path("autoscaler").path(kubernetes);
        if (!tag.isTextual()) {
            throw new IllegalStateException("catalogue.yaml: autoscaler has no image for Kubernetes " + kubernetes);
        }
        return tag.asText();
    }

    /** A chart's values, with the placeholders of the environment filled in. */
    public Map<String, Object> values(Chart chart, ValuePlaceholders placeholders) {
        return placeholders.fill(chart.release() + ".yaml", rawValues(chart));
    }

    /** All values that a chart is rendered with, including those that EKS sets for an add-on. */
    public Map<String, Object> renderedValues(Chart chart, ChartEnvironment environment) {
        return renderedValues(chart, rawValues(chart), environment);
    }

    /** All values that a chart is rendered with if {@code values} replaces the content of its values file. */
    Map<String, Object> renderedValues(Chart chart, JsonNode values, ChartEnvironment environment) {
        var filled = environment.placeholders().fill(chart.release() + ".yaml", values);
        filled.putAll(environment
                .placeholders()
                .fill(
                        "catalogue.yaml",
                        content.path("addons").path(chart.name()).path("set_by_eks")));
        return filled;
    }

    /** The content of a chart's values file, with the placeholders not yet filled in. */
    JsonNode rawValues(Chart chart) {
        return readYaml(folder.resolve(chart.release() + ".yaml"));
    }

    public static JsonNode readYaml(Path file) {
        try {
            return new YAMLMapper().readTree(Utf8File.read(file));
        } catch (NotUtf8Exception otherEncoding) {
            throw new IllegalStateException(file + ": " + otherEncoding.getMessage(), otherEncoding);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    private static Chart parseChart(String release, JsonNode row, JsonNode rows) {
        String name = row.path("same_as").asText(release);
        JsonNode source = rows.path(name);
        var freeFormPaths = new ArrayList<String>();
        source.path("free_form").forEach(part -> freeFormPaths.add(part.asText()));
        var withoutEffect = new LinkedHashMap<String, String>();
        row.path("without_effect")
                .properties()
                .forEach(value -> withoutEffect.put(value.getKey(), reason(release, value)));
        return new Chart(
                release,
                name,
                source.path("repository").asText(),
                source.path("version").asText(),
                source.path("namespace").asText(),
                freeFormPaths,
                withoutEffect,
                row.path("wait").asBoolean(true));
    }

    private static String reason(String release, Map.Entry<String, JsonNode> value) {
        String reason = value.getValue().asText("");
        if (reason.isBlank()) {
            throw new IllegalStateException("catalogue.yaml: without_effect of %s lists %s without a reason"
                    .formatted(release, value.getKey()));
        }
        return reason;
    }
}
