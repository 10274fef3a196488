package io.reverser.configreader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A part of the file and where it stands. Whatever is wrong is noted, with what was found and what would be right, and
 * reading goes on, so that all mistakes are told at once.
 *
 * @param path from the top, separated by dots
 * @param problems collects what is wrong in the whole file: all sections of it add to this one list
 */
public record ConfigSection(String path, JsonNode node, List<String> problems) {

    /**
     * Notes every key that has a new name and reads on as if the new one had been written: the value stands under the new key in
     * the section that comes back.
     *
     * @param newNames the new name by the old one
     */
    public ConfigSection renamed(Map<String, String> newNames) {
        ObjectNode current = JsonNodeFactory.instance.objectNode();
        node.properties().stream()
                .filter(field -> !newNames.containsKey(field.getKey()))
                .forEach(field -> current.set(field.getKey(), field.getValue()));
        node.properties().stream()
                .filter(field -> newNames.containsKey(field.getKey()))
                .forEach(field -> {
                    String newName = newNames.getOrDefault(field.getKey(), "");
                    problems.add(pathOf(field.getKey()) + ": found `" + field.getKey() + "`, which is now `" + newName
                            + "`");
                    current.putIfAbsent(newName, field.getValue());
                });
        return node.isObject() ? new ConfigSection(path, current, problems) : this;
    }

    /**
     * Notes a key that now stands at the top level of the file, and reads on without it.
     *
     * @param newName its name there
     */
    public ConfigSection movedToTop(String key, String newName) {
        if (!(node instanceof ObjectNode section) || !section.has(key)) {
            return this;
        }
        problems.add(
                pathOf(key) + ": found `" + key + "`, which is now `" + newName + "` at the top level of the file");
        return new ConfigSection(path, section.deepCopy().without(key), problems);
    }

    /** Notes all keys but these. */
    public ConfigSection allowOnly(String... keys) {
        Set<String> allowed = new TreeSet<>(List.of(keys));
        if (!node.isObject()) {
            reject("", "a section with the keys " + String.join(", ", allowed));
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!allowed.contains(key)) {
                problems.add(pathOf(key) + ": unknown key" + DidYouMean.hint(key, allowed));
            }
        });
        return this;
    }

    /** Whether something stands there. */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** A part by its key. */
    public ConfigSection section(String key) {
        return new ConfigSection(pathOf(key), node.path(key), problems);
    }

    /** Its parts by name. */
    public Map<String, ConfigSection> subsections() {
        var subsections = new LinkedHashMap<String, ConfigSection>();
        node.fieldNames().forEachRemaining(key -> subsections.put(key, section(key)));
        return subsections;
    }

    /** Its parts in a row. */
    public List<ConfigSection> entries(String key) {
        JsonNode list = node.path(key);
        if (!list.isArray() || list.isEmpty()) {
            reject(key, "a list with at least one entry");
            return List.of();
        }
        var entries = new ArrayList<ConfigSection>();
        for (int i = 0; i < list.size(); i++) {
            entries.add(new ConfigSection(pathOf(key) + "[" + i + "]", list.get(i), problems));
        }
        return entries;
    }

    /** A text of this form; what was found when it is not. */
    public String text(String key, Pattern pattern, String expected) {
        String text = node.path(key).asText("");
        if (!node.path(key).isTextual() || !pattern.matcher(text).matches()) {
            reject(key, expected);
        }
        return text;
    }

    /** A list of texts, each of which means something. */
    public <T> List<T> list(String key, Function<String, Optional<T>> parser, String expected) {
        var values = new ArrayList<T>();
        for (ConfigSection entry : entries(key)) {
            parser.apply(entry.node.asText(""))
                    .filter(found -> entry.node.isTextual())
                    .ifPresentOrElse(values::add, () -> entry.reject("", expected));
        }
        return values;
    }

    /** A length of time. */
    public Duration duration(String key) {
        return Durations.parse(node.path(key).asText("")).orElseGet(() -> {
            reject(key, "a length of time like 30m, 1h30m, 8h or 1d");
            return Duration.ZERO;
        });
    }

    /** A length of time that may be left out. */
    public Duration duration(String key, Duration defaultValue) {
        return has(key) ? duration(key) : defaultValue;
    }

    /** A whole number from 1 that may be left out. */
    public int number(String key, int defaultValue) {
        if (!has(key)) {
            return defaultValue;
        }
        if (!node.path(key).isInt() || node.path(key).asInt() < 1) {
            reject(key, "a whole number from 1");
            return defaultValue;
        }
        return node.path(key).asInt();
    }

    /** True or false; false when it is left out. */
    public boolean flag(String key) {
        if (has(key) && !node.path(key).isBoolean()) {
            reject(key, "true or false");
        }
        return node.path(key).asBoolean(false);
    }

    /** Notes that something else was expected there; under the empty key, here. */
    public void reject(String key, String expected) {
        JsonNode found = key.isEmpty() ? node : node.path(key);
        problems.add((key.isEmpty() ? path : pathOf(key)) + ": found "
                + (found.isMissingNode() ? "nothing" : JsonNodeFactory.instance.pojoNode(found)) + ", expected "
                + expected);
    }

    /** Where a key stands, from the top. */
    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
