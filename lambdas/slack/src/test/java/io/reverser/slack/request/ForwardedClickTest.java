package io.reverser.slack.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.slack.request.SlackRequest.Click;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import io.reverser.slack.request.SlackRequest.Sender;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForwardedClickTest {

    private static final PostedMessage MESSAGE = new PostedMessage("C0ALARMS", "1.000001");

    @Test
    void isUnchangedByTheQueue() throws JsonProcessingException {
        var click = ForwardedClick.of(
                new Click(
                        new Sender("U0ADA", "T0TEAM", "A0APP"),
                        "alarm-ack",
                        "the \"key\"",
                        Optional.of(MESSAGE),
                        "2.000001",
                        "trigger",
                        ""),
                MESSAGE,
                Instant.parse("2026-03-01T12:00:00.5Z"));

        assertThat(ForwardedClick.parse(new ObjectMapper().readTree(click.toJson())))
                .isEqualTo(click);
    }

    @Test
    void rejectsIncompleteClicks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForwardedClick.parse(
                        JsonNodeFactory.instance.objectNode().put("action", "alarm-ack")));
    }
}
