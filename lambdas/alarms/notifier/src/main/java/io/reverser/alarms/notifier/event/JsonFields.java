package io.reverser.alarms.notifier.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** Fields that several of CloudWatch's formats have in common. */
final class JsonFields {

    /** Timestamps, whose offset is {@code +0000}, {@code Z} or {@code +00:00}. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter();

    private JsonFields() {}

    /** The text of a JSON node; empty if the node is null or the text is blank. */
    static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? Optional.of(node.asText()) : Optional.empty();
    }

    static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    static Optional<AlarmState> state(JsonNode node) {
        for (AlarmState state : AlarmState.values()) {
            if (state.name().equals(node.asText())) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    static Instant parseTime(String text) {
        return TIME.parse(text, Instant::from);
    }
}
