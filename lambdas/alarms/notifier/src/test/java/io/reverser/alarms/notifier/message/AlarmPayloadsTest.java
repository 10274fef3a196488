package io.reverser.alarms.notifier.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.slack.message.SlackMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads in the formats that AWS sends, each with the rendered message. {@code -Dgolden=write} rewrites the messages
 * for review.
 */
class AlarmPayloadsTest {

    private static final Path CORPUS = Path.of("src/test/resources/alarms");

    static Stream<String> payloads() throws IOException {
        try (var files = Files.list(CORPUS)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void rendersTheExpectedMessage(String name) throws IOException {
        String rendered = RenderedMessages.of(Files.readString(CORPUS.resolve(name + ".json"))).stream()
                .map(AlarmPayloadsTest::rendered)
                .collect(Collectors.joining("\n=====\n\n"));
        Path golden = CORPUS.resolve(name + ".txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, rendered);
        }
        assertThat(rendered).isEqualTo(Files.readString(golden));
    }

    @Test
    void hasAtLeastFortyPayloads() throws IOException {
        assertThat(payloads()).hasSizeGreaterThanOrEqualTo(40);
    }

    /** The same change in different formats has the same key; otherwise it would open an episode for each format. */
    @Test
    void identifiesAChangeRegardlessOfItsFormat() throws IOException {
        List<String> keys = Stream.of("metric-alarm", "metric-direct-sns", "metric-raw-delivery", "no-arn-old-payload")
                .map(name -> {
                    try {
                        return AlarmPayload.parse(Files.readString(CORPUS.resolve(name + ".json")));
                    } catch (IOException missing) {
                        throw new AssertionError(missing);
                    }
                })
                .map(payload -> ((AlarmNotification.StateChange) payload.notification()).key())
                .distinct()
                .toList();
        assertThat(keys)
                .containsExactly(
                        "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:dev-database-write-latency 2026-11-24T10:03:12.345Z ALARM");
    }

    /** Renders a message as readable text: headline and colour, sections, context and buttons. */
    private static String rendered(SlackMessage message) {
        var lines = new StringBuilder(
                message.text() + message.colour().map(bar -> " | " + bar).orElse("") + "\n\n");
        for (JsonNode block : message.blocks()) {
            switch (block.path("type").asText()) {
                case "header" ->
                    lines.append("# ").append(block.at("/text/text").asText());
                case "section" -> lines.append(block.at("/text/text").asText());
                case "context" ->
                    lines.append("~ ").append(block.at("/elements/0/text").asText());
                case "actions" ->
                    block.path("elements")
                            .forEach(button -> lines.append("[%s](%s) "
                                    .formatted(
                                            button.at("/text/text").asText(),
                                            button.path("url").asText())));
                default -> throw new AssertionError(block);
            }
            lines.append("\n\n");
        }
        return lines.toString().stripTrailing() + "\n";
    }
}
