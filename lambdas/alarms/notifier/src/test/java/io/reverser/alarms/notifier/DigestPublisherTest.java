package io.reverser.alarms.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.alarms.notifier.publish.DigestPublisher;
import io.reverser.simulators.aws.lambda.QueueTrigger;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class DigestPublisherTest {

    private final AlarmsFixture fixture = new AlarmsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void postsOneDigestWithALinePerChange() {
        storm(60, "ALARM");
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
        WorkspaceMessage digest = digest();
        assertThat(digest.text()).matches("🔴 \\*Alarm storm: \\d+ alarms firing\\*.*");
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSizeLessThan(12);
        assertThat(digest.content().attachments()).contains("prod-web-*", "prod-db-*");
        for (int i = 0; i < 60; i++) {
            fixture.setState(name(i), "OK");
        }
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
        assertThat(digest().text()).startsWith("🟢 *Alarm storm over");
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                .allMatch(message -> message.text().startsWith("🟢"));
    }

    /** Alarms that are only in the digest are resolved hours later. */
    @Test
    void updatesTheDigestAfterTheStorm() {
        storm(20, "ALARM");
        fixture.drainQueues();
        int messages = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).size();
        fixture.aws.clock().move(Duration.ofHours(3));
        for (int i = 0; i < 20; i++) {
            fixture.setState(name(i), "OK");
            fixture.drainQueues();
            fixture.aws.clock().move(Duration.ofMinutes(5));
        }
        assertThat(fixture.misdelivered()).isEmpty();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                .hasSize(messages)
                .allMatch(message -> message.text().startsWith("🟢"));
    }

    @Test
    void postsSeparateMessagesAMinuteAfterTheStorm() {
        storm(20, "ALARM");
        fixture.drainQueues();
        int messages = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).size();
        fixture.aws.clock().move(Duration.ofMinutes(2));
        fixture.createAlarm("later", "");
        fixture.setState("later", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(messages + 1);
    }

    @Test
    void postsAnotherDigestIfTheFirstWasDeleted() {
        storm(20, "ALARM");
        fixture.drainQueues();
        fixture.workspace.delete(digest());
        for (int i = 0; i < 20; i++) {
            fixture.setState(name(i), "OK");
        }
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
        assertThat(fixture.alarmQueue.size() + fixture.workQueue.size() + fixture.deadLetters.size())
                .isZero();
        fixture.aws.clock().move(Duration.ofMinutes(2));
        storm(20, "ALARM");
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
    }

    /** If Slack rejects the digest, no change goes to the dead-letter queue. */
    @Test
    void postsChangesSeparatelyIfSlackRejectsTheDigest() {
        fixture.aws.faults().injectEveryNth(1, "Slack.", Fault.ERROR_BEFORE_EFFECT);
        storm(20, "ALARM");
        fixture.drainQueues(Duration.ofSeconds(10));
        fixture.aws.faults().clear();
        fixture.aws
                .faults()
                .runAfter(
                        "Slack.chat.postMessage",
                        () -> fixture.aws.faults().rejectNext("Slack.chat.postMessage", 200, "msg_blocks_too_long", 1));
        fixture.drainQueues(Duration.ofMinutes(10));
        assertThat(fixture.misdelivered()).isEmpty();
        assertThat(fixture.deadLetters.size()).isZero();
    }

    @Test
    void mentionsEachGroupOncePerStorm() {
        for (int i = 0; i < 30; i++) {
            fixture.createAlarm(name(i), "critical");
            fixture.setState(name(i), "ALARM");
        }
        fixture.aws.faults().injectEveryNth(1, "Slack.", Fault.ERROR_BEFORE_EFFECT);
        fixture.deliverBatch();
        fixture.aws.faults().clear();
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
        List<WorkspaceMessage> all = fixture.workspace.messages(AlarmsFixture.CRITICAL_CHANNEL);
        WorkspaceMessage digest = all.stream()
                .filter(message -> message.content().metadata().contains(DigestPublisher.DIGEST_KEY_PREFIX))
                .findFirst()
                .orElseThrow();
        assertThat(fixture.replies(digest)).noneMatch(reply -> reply.text().contains("<!subteam"));
    }

    /** A click is handled while two hundred alarms are waiting. */
    @Test
    void handlesClicksDuringAStorm() {
        fixture.createAlarm("dead", "critical");
        fixture.setState("dead", "ALARM");
        fixture.drainQueues();
        storm(200, "ALARM");
        fixture.deliverBatch();
        WorkspaceMessage message =
                fixture.messages(AlarmsFixture.CRITICAL_CHANNEL).getFirst();
        fixture.workQueue.send(AlarmActionsTest.click(fixture, "alarm-ack", "U0ADA", message.channel(), message.ts()));
        int waiting = fixture.alarmQueue.size();
        assertThat(QueueTrigger.deliver(fixture.workQueue, fixture.invoker())).isPositive();
        assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL)
                        .getFirst()
                        .content()
                        .attachments())
                .contains("👀 Acknowledged by <@U0ADA>");
        assertThat(fixture.alarmQueue.size()).isEqualTo(waiting).isGreaterThan(100);
    }

    /**
     * The digest contains the alarm after its first change in the storm, but the alarm's own message has to be updated,
     * too.
     */
    @Test
    void updatesTheMessageOfAFlappingAlarmDuringAStorm() {
        fixture.createAlarm("flaps", "");
        fixture.setState("flaps", "ALARM");
        fixture.drainQueues();
        storm(20, "ALARM");
        fixture.drainQueues();
        for (String state : List.of("OK", "ALARM", "OK")) {
            fixture.setState("flaps", state);
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)
                            .getFirst()
                            .text())
                    .contains("flaps")
                    .startsWith(state.equals("OK") ? "🟢" : "🔴");
        }
        assertThat(fixture.misdelivered()).isEmpty();
    }

    /** A publisher need not poll for the lease in a storm, because the lease holder also publishes new entries. */
    @ParameterizedTest
    @CsvSource({"3, true", "20, false"})
    void pollsLessOftenInAStormWhileAnotherHoldsTheLease(int alarms, boolean polls) {
        fixture.aws.clock().pause();
        fixture.leaseHeldByAnother();
        storm(alarms, "ALARM");
        while (fixture.deliverBatch()) {
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).isEmpty();
        }
        fixture.aws.clock().move(Duration.ofSeconds(2));
        assertThat(fixture.deliverBatch()).isEqualTo(polls);
        fixture.aws.clock().resume();
        fixture.aws.clock().move(Duration.ofMinutes(1));
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
    }

    /** Each of these calls crashes the process. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Slack.chat.postMessage", "Slack.chat.update", "DynamoDB.BatchWriteItem", "DynamoDB.PutItem"})
    void deliversEachChangeOnceWhenTheProcessCrashes(String call) {
        for (int nth = 1; nth <= 3; nth++) {
            storm(40 * nth, nth % 2 == 1 ? "ALARM" : "OK");
            fixture.aws.faults().injectNext(call, Fault.CALLER_CRASH, 1);
            while (fixture.alarmQueue.size() + fixture.workQueue.size() > 0) {
                fixture.deliverBatch();
                if (fixture.aws.faults().isCallerCrashed()) {
                    fixture.aws.faults().clear();
                    fixture.restart();
                }
                fixture.aws.clock().move(Duration.ofSeconds(5));
            }
            assertThat(fixture.misdelivered()).isEmpty();
            fixture.aws.clock().move(Duration.ofMinutes(2));
        }
        assertThat(fixture.deadLetters.size()).isZero();
    }

    private void storm(int alarms, String state) {
        for (int i = 0; i < alarms; i++) {
            fixture.createAlarm(name(i), "");
            if (state.equals("OK")) {
                fixture.aws.cloudWatch().setAlarmState(name(i), "ALARM", "before");
            }
            fixture.setState(name(i), state);
        }
    }

    private static String name(int i) {
        return (i % 3 == 0 ? "prod-db-" : "prod-web-") + i;
    }

    private WorkspaceMessage digest() {
        return fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).stream()
                .filter(message -> message.content().metadata().contains(DigestPublisher.DIGEST_KEY_PREFIX))
                .findFirst()
                .orElseThrow();
    }
}
