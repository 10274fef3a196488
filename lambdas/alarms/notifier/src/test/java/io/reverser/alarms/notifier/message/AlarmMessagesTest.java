package io.reverser.alarms.notifier.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.alarms.notifier.outbox.OutboxEntry;
import io.reverser.slack.message.SlackMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmMessagesTest {

    /**
     * Anyone who may create alarms can write descriptions, so a description must not mention a channel or disguise a
     * link.
     */
    @ParameterizedTest
    @ValueSource(strings = {"<!channel>", "<!here>", "<@U0EVE>", "<https://evil.example|Runbook>", "</a>&<b>"})
    void escapesMentionsAndLinks(String written) throws IOException {
        String payload = """
                {"AlarmName": %1$s, "AlarmDescription": %1$s, "NewStateValue": "ALARM", "NewStateReason": %1$s,
                 "StateChangeTime": "2026-11-24T10:03:12.345+0000", "AlarmRule": %1$s, "AlarmTags": {"team": %1$s}}""".formatted(new ObjectMapper().writeValueAsString(written));
        SlackMessage message = RenderedMessages.of(payload).getFirst();
        assertThat(message.text()).doesNotContain(written);
        message.blocks().forEach(block -> {
            assertThat(block.findValuesAsText("text")).noneMatch(text -> text.contains(written));
        });
    }

    /** Slack rejects a message that exceeds any of its limits. */
    @ParameterizedTest
    @MethodSource("io.reverser.alarms.notifier.message.AlarmPayloadsTest#payloads")
    void staysWithinSlacksLimits(String name) throws IOException {
        String payload = Files.readString(Path.of("src/test/resources/alarms", name + ".json"));
        for (SlackMessage message : RenderedMessages.of(payload)) {
            assertThat(message.blocks()).hasSizeLessThanOrEqualTo(50);
            List<Integer> lengths = new ArrayList<>();
            message.blocks()
                    .forEach(block -> block.findValuesAsText("text").forEach(text -> lengths.add(text.length())));
            assertThat(lengths).allMatch(length -> length <= 3000);
        }
    }

    /** Changes that do not fit into one message are published in the next one. */
    @Test
    void splitsLongDigests() {
        List<OutboxEntry> entries = IntStream.range(0, 300)
                .mapToObj(i -> RenderedMessages.entry("""
                        {"AlarmName": "%s-%d", "NewStateValue": "ALARM", "StateChangeTime": "2026-11-24T10:03:12.345+0000"}""".formatted("&".repeat(60), i)))
                .toList();
        List<OutboxEntry> fitting = AlarmMessages.takeFitting(entries);
        assertThat(fitting).hasSizeBetween(20, 299).isEqualTo(entries.subList(0, fitting.size()));
        SlackMessage message = AlarmMessages.digestReply(fitting, List.of());
        String text = message.blocks().toString();
        assertThat(text.length()).isLessThan(12_000);
        assertThat(text.split("🔴", -1)).hasSize(fitting.size() + 1);
        assertThat(AlarmMessages.takeFitting(entries.subList(0, 3))).hasSize(3);
    }

    /** URL encoding turns each character of the alarm's name into twelve. */
    @Test
    void omitsAConsoleLinkThatIsTooLong() {
        String payload = """
                {"AlarmName": "x", "AlarmArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:%s",
                 "NewStateValue": "ALARM", "StateChangeTime": "2026-11-24T10:03:12.345+0000"}""".formatted("🔥".repeat(255));
        SlackMessage message = RenderedMessages.of(payload).getFirst();
        assertThat(message.text()).contains("🔥🔥🔥");
        assertThat(message.blocks())
                .noneMatch(block -> !block.findValuesAsText("url").isEmpty());
    }

    /** Truncated and changed payloads are parsed, or shown as received. */
    @Test
    void parsesArbitraryInput() throws IOException {
        assertThat(RenderedMessages.of("{\"Records\": []}")).hasSize(1);
        for (String name : AlarmPayloadsTest.payloads().toList()) {
            String payload = Files.readString(Path.of("src/test/resources/alarms", name + ".json"));
            for (int cut = 0; cut < payload.length(); cut += 97) {
                assertThat(RenderedMessages.of(payload.substring(0, cut)))
                        .isNotEmpty()
                        .allSatisfy(message -> assertThat(message.blocks()).isNotEmpty());
            }
            for (String replacement : List.of("null", "[]", "{}", "-1", "\"\"", "true")) {
                String changed = payload.replaceAll(": (\\\\?\"[^\"\\\\]{1,40}\\\\?\")", ": " + replacement);
                assertThat(RenderedMessages.of(changed))
                        .allSatisfy(message -> assertThat(message.text()).isNotEmpty());
            }
        }
    }
}
