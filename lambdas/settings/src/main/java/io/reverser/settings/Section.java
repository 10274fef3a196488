package io.reverser.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * @param problems what is wrong so far, in the whole file
 */
public record Section(String path, JsonNode node, List<String> problems) {

    /** Notes all keys but these. */
    public Section knows(String... keys) {
        Set<String> known = new TreeSet<>(List.of(keys));
        if (!node.isObject()) {
            problem("", "a section with the keys " + String.join(", ", known));
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(at(key) + ": unknown key" + Nearest.hint(key, known));
            }
        });
        return this;
    }

    /** Whether something stands there. */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** A part by its key. */
    public Section section(String key) {
        return new Section(at(key), node.path(key), problems);
    }

    /** Its parts by name. */
    public Map<String, Section> parts() {
        var parts = new LinkedHashMap<String, Section>();
        node.fieldNames().forEachRemaining(key -> parts.put(key, section(key)));
        return parts;
    }

    /** Its parts in a row. */
    public List<Section> rows(String key) {
        JsonNode list = node.path(key);
        if (!list.isArray() || list.isEmpty()) {
            problem(key, "a list with at least one entry");
            return List.of();
        }
        var rows = new ArrayList<Section>();
        for (int i = 0; i < list.size(); i++) {
            rows.add(new Section(at(key) + "[" + i + "]", list.get(i), problems));
        }
        return rows;
    }

    /** A text of this form; what was found when it is not. */
    public String text(String key, Pattern form, String expected) {
        String text = node.path(key).asText("");
        if (!node.path(key).isTextual() || !form.matcher(text).matches()) {
            problem(key, expected);
        }
        return text;
    }

    /** A list of texts, each of which means something. */
    public <T> List<T> each(String key, Function<String, Optional<T>> meaning, String expected) {
        var meant = new ArrayList<T>();
        for (Section row : rows(key)) {
            meaning.apply(row.node.asText(""))
                    .filter(found -> row.node.isTextual())
                    .ifPresentOrElse(meant::add, () -> row.problem("", expected));
        }
        return meant;
    }

    /** A length of time. */
    public Duration duration(String key) {
        return Durations.parse(node.path(key).asText("")).orElseGet(() -> {
            problem(key, "a length of time like 30m, 1h30m, 8h or 1d");
            return Duration.ZERO;
        });
    }

    /** A length of time that may be left out. */
    public Duration duration(String key, Duration otherwise) {
        return has(key) ? duration(key) : otherwise;
    }

    /** A whole number from 1 that may be left out. */
    public int number(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!node.path(key).isInt() || node.path(key).asInt() < 1) {
            problem(key, "a whole number from 1");
            return otherwise;
        }
        return node.path(key).asInt();
    }

    /** True or false; false when it is left out. */
    public boolean flag(String key) {
        if (has(key) && !node.path(key).isBoolean()) {
            problem(key, "true or false");
        }
        return node.path(key).asBoolean(false);
    }

    /** Notes that something else was expected there; under the empty key, here. */
    public void problem(String key, String expected) {
        JsonNode found = key.isEmpty() ? node : node.path(key);
        problems.add((key.isEmpty() ? path : at(key)) + ": found "
                + (found.isMissingNode() ? "nothing" : JsonNodeFactory.instance.pojoNode(found)) + ", expected "
                + expected);
    }

    /** Where a key stands, from the top. */
    public String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
