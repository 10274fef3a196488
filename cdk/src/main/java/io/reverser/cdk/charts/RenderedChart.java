package io.reverser.cdk.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The objects of a rendered chart, in the order in which Helm installs them.
 *
 * @param objects the objects, each as YAML
 */
public record RenderedChart(List<String> objects) {

    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");
    private static final Pattern KIND = Pattern.compile("(?m)^kind: ");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Copies the list, so that the record is immutable. */
    public RenderedChart {
        objects = List.copyOf(objects);
    }

    /** Parses the output of Helm, a stream of YAML documents. */
    static RenderedChart parse(String documents) {
        return new RenderedChart(SEPARATOR
                .splitAsStream(documents)
                .filter(document -> KIND.matcher(document).find())
                .toList());
    }

    /** Returns all objects as a stream of YAML documents. */
    public String toYaml() {
        return "---" + String.join("---", objects);
    }

    /**
     * The fields that differ between this rendering and another, each as the field's path and the type of its value in
     * the other rendering. YAML comments are ignored.
     */
    Set<String> differences(RenderedChart other) throws IOException {
        if (objects.size() != other.objects.size()) {
            return Set.of(other.objects.size() + " objects");
        }
        var differences = new LinkedHashSet<String>();
        for (int i = 0; i < objects.size(); i++) {
            String object = other.objects.get(i);
            // Compares the text first: most objects are identical, and parsing CustomResourceDefinitions is slow.
            if (!objects.get(i).equals(object)) {
                collectDifferences(
                        String.valueOf(i), YAML.readTree(objects.get(i)), YAML.readTree(object), differences);
            }
        }
        return differences;
    }

    private static void collectDifferences(String path, JsonNode one, JsonNode other, Set<String> differences) {
        if (one.equals(other)) {
            return;
        }
        if (one.isObject() && other.isObject()) {
            var names = new LinkedHashSet<String>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collectDifferences(path + "/" + name, one.path(name), other.path(name), differences));
        } else if (one.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                collectDifferences(path + "/" + i, one.path(i), other.path(i), differences);
            }
        } else {
            differences.add(path + ": " + other.getNodeType());
        }
    }
}
