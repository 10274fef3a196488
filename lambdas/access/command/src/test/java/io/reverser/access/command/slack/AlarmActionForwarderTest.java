package io.reverser.access.command.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.command.CommandFixture;
import io.reverser.simulators.fault.FaultInjector.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmActionForwarderTest {

    private final CommandFixture fixture = new CommandFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void forwardsClicksOnAlarms() {
        assertThat(fixture.click("U0ADA", "alarm-ack", "arn:aws:cloudwatch:x:1:alarm:a"))
                .isEmpty();
        assertThat(fixture.alarmQueue.peek())
                .singleElement()
                .satisfies(message -> assertThat(message.path("body").asText())
                        .contains("\"kind\":\"click\"", "\"action\":\"alarm-ack\"", "\"user\":\"U0ADA\"", ":alarm:a"));
    }

    @Test
    void forwardsNoClicksOnRequests() {
        fixture.click("U0ADA", "approve", "r-000000000000");
        assertThat(fixture.alarmQueue.size()).isZero();
    }

    @Test
    void reportsALostClick() {
        fixture.aws.faults().injectNext("Sqs.SendMessage", Fault.ERROR_BEFORE_EFFECT, 3);
        assertThat(fixture.click("U0ADA", "alarm-ack", "a")).isEqualTo(CommandMessages.ACTION_NOT_FORWARDED);
    }

    /** Slack also sends clicks on link buttons; these clicks need no handling. */
    @Test
    void ignoresLinkButtons() {
        assertThat(fixture.click("U0ADA", "runbook", "")).isEmpty();
        assertThat(fixture.alarmQueue.size()).isZero();
    }
}
