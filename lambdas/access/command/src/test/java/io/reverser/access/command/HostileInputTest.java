package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.command.slack.ApiGatewayResponse;
import io.reverser.access.command.slack.Modals;
import io.reverser.access.request.AuditRecord;
import io.reverser.access.request.RequestId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests validly signed requests with hostile content that {@link MalformedRequestsTest} once found to cause failures.
 */
class HostileInputTest {

    private static final String LONG_INCIDENT = "INC-42 ".repeat(400);

    private final CommandFixture fixture = new CommandFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Modals.REJECT, Modals.EXTEND, Modals.BREAK_GLASS_CONFIRMED})
    void rejectsModalsWithAlteredMetadata(String callback) {
        String sent = CommandFixture.submissionBody(
                "U0ADA", callback, "{no id and no JSON", Map.of(Modals.REASON, "because"), "hash");
        assertThat(fixture.handle(sent)).isEqualTo(ApiGatewayResponse.error(400));
    }

    /**
     * Slack limits each input and a modal's metadata to 3000 characters, but the metadata holds all inputs of the form.
     */
    @Test
    void asksForConfirmationWhateverTheLengthOfTheIncidentName() {
        var form = Map.of(
                Modals.TARGET,
                "prod admin",
                Modals.DURATION,
                "30m",
                Modals.REASON,
                "\"the basket\" is down ".repeat(20),
                Modals.INCIDENT,
                LONG_INCIDENT);
        assertThat(fixture.submitModal("U0ADA", Modals.BREAK_GLASS, "", form)
                        .path("response_action")
                        .asText())
                .isEqualTo("push");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s view 1h because of it", "prod %s 1h because of it", "prod view %s", "status %s"})
    void truncatesLongInputInReplies(String typed) {
        assertThat(fixture.type("U0ADA", typed.formatted("x".repeat(15_000))))
                .contains("xxx…`")
                .hasSizeLessThan(1000);
    }

    /**
     * The denial of a very long request is recorded, although its audit record includes the request and DynamoDB limits
     * the size of an item.
     */
    @Test
    void recordsTheDenialOfTheLongestRequest() {
        String text = "\u20ac".repeat(15_000) + " view 1h because of it";
        fixture.handle(CommandFixture.commandBody("U0ADA", text, "long-trigger"));
        assertThat(fixture.table.listAuditRecords(RequestId.fromIdempotencyKey("command-long-trigger")))
                .singleElement()
                .extracting(AuditRecord::outcome)
                .isEqualTo(AuditRecord.AuditOutcome.DENIED);
    }
}
