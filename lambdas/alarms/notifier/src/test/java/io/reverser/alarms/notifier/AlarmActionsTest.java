package io.reverser.alarms.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import io.reverser.slack.request.ForwardedClick;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AlarmActionsTest {

    private static final String KEY = "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:dead";

    private final AlarmsFixture fixture = new AlarmsFixture();

    @BeforeEach
    void fire() {
        fixture.createAlarm("dead", "critical");
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void showsWhoAcknowledgedTheAlarm() {
        click("alarm-ack", "U0ADA", message());
        assertThat(message().content().attachments())
                .contains("👀 Acknowledged by <@U0ADA>")
                .doesNotContain("alarm-ack");
    }

    @Test
    void ignoresASecondAcknowledgementOfTheSameUser() {
        click("alarm-ack", "U0ADA", message());
        WorkspaceMessage once = message();
        click("alarm-ack", "U0ADA", message());
        assertThat(message()).isEqualTo(once);
        assertThat(fixture.workspace.ephemeralReplies()).isEmpty();
    }

    @Test
    void tellsASecondUserWhoAcknowledgedFirst() {
        click("alarm-ack", "U0ADA", message());
        click("alarm-ack", "U0BOB", message());
        assertThat(message().content().attachments()).contains("<@U0ADA>").doesNotContain("<@U0BOB>");
        assertThat(fixture.workspace.ephemeralReplies())
                .containsExactly("<@U0ADA> has already acknowledged this alarm.");
    }

    @Test
    void updatesAMutedAlarmWithoutMentionsOrReplies() {
        click("alarm-mute-1h", "U0ADA", message());
        assertThat(message().content().attachments()).contains("🔕 Muted by <@U0ADA> until", "alarm-unmute");
        int replies = fixture.replies(message()).size();
        fixture.setState("dead", "OK");
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
        assertThat(message().content().attachments()).contains("fired twice", "🔕 Muted by <@U0ADA> until");
        assertThat(fixture.replies(message()).stream().map(WorkspaceMessage::text))
                .noneMatch(text -> text.contains("<!subteam"));
        assertThat(fixture.replies(message()).stream()
                        .filter(reply -> !reply.text().isEmpty()))
                .hasSize(replies - 1);
        fixture.aws.clock().move(Duration.ofMinutes(61));
        fixture.setState("dead", "INSUFFICIENT_DATA");
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.replies(message()).stream().map(WorkspaceMessage::text))
                .anyMatch(text -> text.startsWith("🔴 *ALARM*"));
        assertThat(message().content().attachments()).doesNotContain("🔕");
    }

    /** A mute for four hours also covers the alarm's next message, not only the one on which the user clicked. */
    @Test
    void keepsAMuteWithAnEndInTheNextMessage() {
        click("alarm-mute-4h", "U0ADA", message());
        fixture.setState("dead", "OK");
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofMinutes(20));
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
        WorkspaceMessage second =
                fixture.messages(AlarmsFixture.CRITICAL_CHANNEL).getLast();
        assertThat(second.ts()).isNotEqualTo(message().ts());
        assertThat(second.text()).startsWith("🔴").doesNotContain("<!subteam");
        assertThat(second.content().attachments()).contains("🔕 Muted by <@U0ADA> until", "alarm-unmute");
        fixture.setState("dead", "OK");
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofHours(4));
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL).getLast().text())
                .contains("<!subteam");
    }

    @Test
    void endsAMuteUntilOkWhenTheAlarmIsResolved() {
        click("alarm-mute-until-ok", "U0ADA", message());
        assertThat(message().content().attachments()).contains("🔕 Muted by <@U0ADA> until OK");
        fixture.setState("dead", "OK");
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
        assertThat(message().content().attachments()).doesNotContain("🔕").doesNotContain("👀");
        assertThat(fixture.replies(message()).stream().map(WorkspaceMessage::text))
                .anyMatch(text -> text.contains("<!subteam"));
    }

    @Test
    void unmutesOnClick() {
        click("alarm-mute-4h", "U0ADA", message());
        click("alarm-unmute", "U0BOB", message());
        assertThat(message().content().attachments()).contains("alarm-mute-4h").doesNotContain("🔕");
    }

    /** The clicks are on a forged message, a message in another channel, an unknown button, and a resolved alarm. */
    @Test
    void rejectsClicksOnOtherMessages() {
        WorkspaceMessage before = message();
        fixture.workQueue.send(click(fixture, "alarm-ack", "U0ADA", before.channel(), "1.000001"));
        fixture.workQueue.send(click(fixture, "alarm-ack", "U0ADA", AlarmsFixture.DEFAULT_CHANNEL, before.ts()));
        fixture.workQueue.send(click(fixture, "alarm-everything", "U0ADA", before.channel(), before.ts()));
        fixture.drainQueues();
        assertThat(message()).isEqualTo(before);
        assertThat(fixture.workspace.ephemeralReplies())
                .hasSize(3)
                .allMatch(text -> text.contains("Nothing was changed"));
        fixture.setState("dead", "OK");
        fixture.drainQueues();
        click("alarm-ack", "U0ADA", message());
        assertThat(message().content().attachments()).doesNotContain("👀");
        assertThat(fixture.workspace.ephemeralReplies()).hasSize(4);
    }

    @Test
    void dropsUnreadableWorkItems() {
        fixture.workQueue.send("{\"kind\": \"click\", \"action\": \"alarm-ack\"}");
        fixture.workQueue.send("not JSON");
        fixture.drainQueues();
        assertThat(fixture.workQueue.size()).isZero();
    }

    private void click(String action, String user, WorkspaceMessage on) {
        fixture.workQueue.send(click(fixture, action, user, on.channel(), on.ts()));
        fixture.drainQueues();
    }

    static String click(AlarmsFixture fixture, String action, String user, String channel, String ts) {
        return new ForwardedClick(
                        action,
                        KEY,
                        new PostedMessage(channel, ts),
                        user,
                        fixture.slack.responseUrlBase() + "r",
                        fixture.aws.clock().instant())
                .toJson();
    }

    private WorkspaceMessage message() {
        return fixture.messages(AlarmsFixture.CRITICAL_CHANNEL).getFirst();
    }
}
