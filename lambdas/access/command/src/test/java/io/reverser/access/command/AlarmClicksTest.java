package io.reverser.access.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.aws.Faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmClicksTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void handsOnWhatIsClickedOnAlarms() {
        assertThat(desk.click("U0ADA", "alarm-care", "arn:aws:cloudwatch:x:1:alarm:a"))
                .isEmpty();
        assertThat(desk.alarmClicks.peek())
                .singleElement()
                .satisfies(message -> assertThat(message.path("body").asText())
                        .contains("\"kind\":\"click\"", "\"action\":\"alarm-care\"", "\"user\":\"U0ADA\"", ":alarm:a"));
    }

    @Test
    void keepsClicksOnRequestsToItself() {
        desk.click("U0ADA", "approve", "r-000000000000");
        assertThat(desk.alarmClicks.size()).isZero();
    }

    @Test
    void saysWhenAClickIsLost() {
        desk.aws.faults().plan("Sqs.SendMessage", Fault.FAILS_BEFORE, 3);
        assertThat(desk.click("U0ADA", "alarm-care", "a")).isEqualTo(Answers.CLICK_LOST);
    }

    /** Links are clicks as well, for Slack; nobody has to hear of them. */
    @Test
    void letsLinksGo() {
        assertThat(desk.click("U0ADA", "runbook", "")).isEmpty();
        assertThat(desk.alarmClicks.size()).isZero();
    }
}
