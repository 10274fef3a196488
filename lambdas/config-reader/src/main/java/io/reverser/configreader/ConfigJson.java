package io.reverser.configreader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Reads the sections of the settings that functions find as JSON in a Lambda layer. CDK has already validated the
 * settings and filled in the defaults, so only a missing key and an invalid duration are errors here.
 */
public final class ConfigJson {

    private ConfigJson() {}

    public static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }

    /**
     * The text value of a key in a section of the settings.
     *
     * @throws IllegalArgumentException when the key is missing
     */
    public static String text(JsonNode section, String key) {
        return section.required(key).asText();
    }

    /** The texts in a JSON list; empty when the list is missing. */
    public static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    /**
     * The value of a key in a section of the settings, as a duration; {@code 0m} is allowed.
     *
     * @throws IllegalArgumentException when the key is missing or its value is not a duration
     */
    public static Duration duration(JsonNode section, String key) {
        String text = text(section, key);
        return text.equals("0m")
                ? Duration.ZERO
                : Durations.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(key + " is not a duration: " + text));
    }
}
