package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.request.Audit;
import io.reverser.access.request.RequestId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack's signature says who sent it, and not that it makes sense. {@link MalformedRequestsTest} found these. */
class SignedNonsenseTest {

    private static final String INCIDENT_AT_LENGTH = "INC-42 ".repeat(400);

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Views.REFUSE, Views.EXTEND, Views.EMERGENCY_CONFIRMED})
    void refusesModalsThatComeBackWithOtherMetadata(String callback) {
        String sent = Desk.submission("U0ADA", callback, "{no id and no JSON", Map.of(Views.REASON, "because"), "hash");
        assertThat(desk.handle(sent)).isEqualTo(HttpAnswer.refused(400));
    }

    /** Slack's inputs take three thousand characters, and so does all that a modal can carry to its second half. */
    @Test
    void asksForConfirmationHoweverLongTheNameOfTheIncident() {
        var form = Map.of(
                Views.TARGET,
                "prod admin",
                Views.DURATION,
                "30m",
                Views.REASON,
                "\"the basket\" is down ".repeat(20),
                Views.INCIDENT,
                INCIDENT_AT_LENGTH);
        assertThat(desk.submit("U0ADA", Views.EMERGENCY, "", form)
                        .path("response_action")
                        .asText())
                .isEqualTo("push");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s view 1h because of it", "prod %s 1h because of it", "prod view %s", "status %s"})
    void quotesOnlyTheBeginningOfWhatIsTooLong(String typed) {
        assertThat(desk.type("U0ADA", typed.formatted("x".repeat(15_000))))
                .contains("xxx…`")
                .hasSizeLessThan(1000);
    }

    /** A denial is recorded with what was asked for, and a row of the table holds only so much. */
    @Test
    void recordsTheDenialOfTheLongestRequest() {
        String text = "\u20ac".repeat(15_000) + " view 1h because of it";
        desk.handle(Desk.command("U0ADA", text, "long-trigger"));
        assertThat(desk.table.audit(RequestId.of("command-long-trigger")))
                .singleElement()
                .extracting(Audit::outcome)
                .isEqualTo(Audit.Outcome.DENIED);
    }
}
