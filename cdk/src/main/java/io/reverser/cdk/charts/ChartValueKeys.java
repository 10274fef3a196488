package io.reverser.cdk.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The keys that a chart has defaults for, each as {@code part/key: kind}. An empty map takes any key; what is null takes
 * any value.
 *
 * @param kinds by path
 */
public record ChartValueKeys(Map<String, String> kinds) {

    private static final Pattern LINE = Pattern.compile("(.+): (\\w+)");

    /** Keeps its own. */
    public ChartValueKeys {
        kinds = Map.copyOf(kinds);
    }

    /** Of a chart's {@code values.yaml}. */
    public static ChartValueKeys of(JsonNode defaults) {
        var kinds = new TreeMap<String, String>();
        collect("", defaults, kinds);
        return new ChartValueKeys(kinds);
    }

    /** As {@link #write} wrote them. */
    static ChartValueKeys read(Path file) throws IOException {
        var kinds = new TreeMap<String, String>();
        for (String line : Files.readAllLines(file)) {
            var match = LINE.matcher(line);
            if (!line.startsWith("#") && match.matches()) {
                kinds.put(match.group(1), match.group(2));
            }
        }
        return new ChartValueKeys(kinds);
    }

    public void write(Path file, Chart chart) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("# The keys of %s %s. Made by ./platform charts; not to be edited."
                .formatted(chart.name(), chart.version()));
        new TreeMap<>(kinds).forEach((key, kind) -> lines.add(key + ": " + kind));
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    /** What the chart would not understand in these values, each as {@code key: found …, expected …}. */
    List<String> problems(JsonNode values, List<String> freeFormPaths) {
        var problems = new ArrayList<String>();
        check("", values, freeFormPaths, problems);
        return problems;
    }

    private void check(String path, JsonNode values, List<String> freeFormPaths, List<String> problems) {
        values.properties().forEach(entry -> {
            String key = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
            String kind = kinds.get(key);
            if (kind == null) {
                if (!freeFormPaths.contains(path)) {
                    problems.add(key + ": the chart has no such key");
                }
            } else if (!fits(kind, entry.getValue())) {
                problems.add("%s: found %s, expected %s".formatted(key, entry.getValue(), article(kind)));
            } else if (kind.equals("object")) {
                check(key, entry.getValue(), freeFormPaths, problems);
            }
        });
    }

    private static boolean fits(String kind, JsonNode value) {
        return switch (kind) {
            case "any" -> true;
            case "map", "object" -> value.isObject();
            default -> kind.equals(kind(value));
        };
    }

    private static void collect(String path, JsonNode values, Map<String, String> kinds) {
        values.properties().forEach(entry -> {
            String key = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
            kinds.put(key, kind(entry.getValue()));
            collect(key, entry.getValue(), kinds);
        });
    }

    private static String kind(JsonNode value) {
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case OBJECT -> value.isEmpty() ? "map" : "object";
            case ARRAY -> "list";
            case STRING -> "text";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL, MISSING, BINARY, POJO -> "any";
        };
    }

    private static String article(String kind) {
        return kind.equals("object") ? "an object" : "a " + kind;
    }
}
