package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.configreader.DidYouMean;
import io.reverser.configreader.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A part of a settings file, and the path of this part. Problems are collected, so that all of them are reported at
 * once.
 *
 * @param path the keys from the top of the file, like {@code rotation.windows[0]}
 * @param problems the problems of the whole file by path; only the first problem at a path is kept
 */
record ConfigSection(String path, JsonNode node, Map<String, String> problems) {

    /** The last key of the path, like {@code windows[0]}. */
    String key() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    ConfigSection section(String key) {
        return new ConfigSection(pathOf(key), node.path(key), problems);
    }

    /** The entries of the list under the key; none if there is no list. */
    List<ConfigSection> entries(String key) {
        return section(key).items();
    }

    /** The entries of this list; none if it is not a list. */
    List<ConfigSection> items() {
        return IntStream.range(0, node.isArray() ? node.size() : 0)
                .mapToObj(index -> new ConfigSection(path + "[" + index + "]", node.path(index), problems))
                .toList();
    }

    /** The sections under this one, by key; none if this is not an object. */
    Map<String, ConfigSection> subsections() {
        var subsections = new LinkedHashMap<String, ConfigSection>();
        node.fieldNames().forEachRemaining(key -> subsections.put(key, section(key)));
        return subsections;
    }

    String text(String key) {
        return node.path(key).asText("");
    }

    /** The duration under the key; zero if it is missing or invalid. */
    Duration duration(String key) {
        return Durations.parse(text(key)).orElse(Duration.ZERO);
    }

    /** Whether a problem with this section is known already. */
    boolean isRejected() {
        return problems.containsKey(path);
    }

    void putIfAbsent(String key, JsonNode value) {
        if (node instanceof ObjectNode object) {
            object.putIfAbsent(key, value.deepCopy());
        }
    }

    /** Reports that a different value was expected under the key. The empty key stands for this section itself. */
    void reject(String key, String expected) {
        JsonNode found = key.isEmpty() ? node : node.path(key);
        report(key, "found " + (found.isMissingNode() ? "nothing" : found) + ", expected " + expected);
    }

    void rejectUnknown(String key, List<String> known) {
        report(
                key,
                "unknown key"
                        + DidYouMean.suggest(key, known)
                                .map(word -> ", did you mean " + word + "?")
                                .orElse(", expected one of " + String.join(", ", known)));
    }

    void report(String key, String problem) {
        problems.putIfAbsent(key.isEmpty() ? path : pathOf(key), problem);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
