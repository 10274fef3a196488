package io.reverser.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.lambda.QueueTrigger;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
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
class StormTest {

    private final AlarmsWorld world = new AlarmsWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void isOneMessageWithALineForEachChange() {
        storm(60, "ALARM");
        world.run();
        assertThat(world.wrong()).isEmpty();
        Posted digest = digest();
        assertThat(digest.text()).matches("🔴 \\*A storm: \\d+ alarms ring\\*.*");
        assertThat(world.messages(AlarmsWorld.USUAL)).hasSizeLessThan(12);
        assertThat(digest.content().attachments()).contains("prod-web-*", "prod-db-*");
        for (int i = 0; i < 60; i++) {
            world.set(name(i), "OK");
        }
        world.run();
        assertThat(world.wrong()).isEmpty();
        assertThat(digest().text()).startsWith("🟢 *The storm is over");
        assertThat(world.messages(AlarmsWorld.USUAL))
                .allMatch(message -> message.text().startsWith("🟢"));
    }

    /** Hours later one of them ends that has no message of its own. */
    @Test
    void goesOnInItsMessageWhenItIsOver() {
        storm(20, "ALARM");
        world.run();
        int messages = world.messages(AlarmsWorld.USUAL).size();
        world.aws.clock().move(Duration.ofHours(3));
        for (int i = 0; i < 20; i++) {
            world.set(name(i), "OK");
            world.run();
            world.aws.clock().move(Duration.ofMinutes(5));
        }
        assertThat(world.wrong()).isEmpty();
        assertThat(world.messages(AlarmsWorld.USUAL))
                .hasSize(messages)
                .allMatch(message -> message.text().startsWith("🟢"));
    }

    @Test
    void givesAlarmsMessagesOfTheirOwnAgainAfterAMinute() {
        storm(20, "ALARM");
        world.run();
        int messages = world.messages(AlarmsWorld.USUAL).size();
        world.aws.clock().move(Duration.ofMinutes(2));
        world.alarm("later", "");
        world.set("later", "ALARM");
        world.run();
        assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(messages + 1);
    }

    @Test
    void beginsAnotherMessageWhenSomebodyTookTheFirstAway() {
        storm(20, "ALARM");
        world.run();
        world.workspace.delete(digest());
        for (int i = 0; i < 20; i++) {
            world.set(name(i), "OK");
        }
        world.run();
        assertThat(world.wrong()).isEmpty();
        assertThat(world.alarms.size() + world.work.size() + world.dead.size()).isZero();
        world.aws.clock().move(Duration.ofMinutes(2));
        storm(20, "ALARM");
        world.run();
        assertThat(world.wrong()).isEmpty();
    }

    /** A message of a storm that Slack does not take buries nobody. */
    @Test
    void tellsEachAloneWhenSlackDoesNotTakeThemTogether() {
        world.aws.faults().oneIn(1, "Slack.", Fault.FAILS_BEFORE);
        storm(20, "ALARM");
        world.run(Duration.ofSeconds(10));
        world.aws.faults().clear();
        world.aws
                .faults()
                .afterNext(
                        "Slack.chat.postMessage",
                        () -> world.aws.faults().refuse("Slack.chat.postMessage", 200, "msg_blocks_too_long", 1));
        world.run(Duration.ofMinutes(10));
        assertThat(world.wrong()).isEmpty();
        assertThat(world.dead.size()).isZero();
    }

    @Test
    void callsEverybodyOnce() {
        for (int i = 0; i < 30; i++) {
            world.alarm(name(i), "critical");
            world.set(name(i), "ALARM");
        }
        world.aws.faults().oneIn(1, "Slack.", Fault.FAILS_BEFORE);
        world.handOver();
        world.aws.faults().clear();
        world.run();
        assertThat(world.wrong()).isEmpty();
        List<Posted> all = world.workspace.messages(AlarmsWorld.CRITICAL);
        Posted digest = all.stream()
                .filter(message -> message.content().metadata().contains(Storm.DIGEST))
                .findFirst()
                .orElseThrow();
        assertThat(world.replies(digest)).noneMatch(reply -> reply.text().contains("<!subteam"));
    }

    /** Nobody who looks after an alarm waits behind two hundred others. */
    @Test
    void takesAClickWhileItBlows() {
        world.alarm("dead", "critical");
        world.set("dead", "ALARM");
        world.run();
        storm(200, "ALARM");
        world.handOver();
        Posted message = world.messages(AlarmsWorld.CRITICAL).getFirst();
        world.work.send(ClicksTest.click(world, "alarm-care", "U0ADA", message.channel(), message.ts()));
        int waiting = world.alarms.size();
        assertThat(QueueTrigger.deliver(world.work, world.invoker())).isPositive();
        assertThat(world.messages(AlarmsWorld.CRITICAL).getFirst().content().attachments())
                .contains("👀 <@U0ADA>");
        assertThat(world.alarms.size()).isEqualTo(waiting).isGreaterThan(100);
    }

    /** After the first of its changes the storm knows it, and its message has to change all the same. */
    @Test
    void keepsTheMessageTrueOfAnAlarmThatChangesAgainAndAgainInAStorm() {
        world.alarm("flaps", "");
        world.set("flaps", "ALARM");
        world.run();
        storm(20, "ALARM");
        world.run();
        for (String state : List.of("OK", "ALARM", "OK")) {
            world.set("flaps", state);
            world.run();
            assertThat(world.messages(AlarmsWorld.USUAL).getFirst().text())
                    .contains("flaps")
                    .startsWith(state.equals("OK") ? "🟢" : "🔴");
        }
        assertThat(world.wrong()).isEmpty();
    }

    /** There, whoever has the turn tells what waits as well, and what comes meanwhile has to be written down. */
    @ParameterizedTest
    @CsvSource({"3, true", "20, false"})
    void looksEverySecondWhetherSomebodyElseHasToldItButNotInAStorm(int alarms, boolean looks) {
        world.aws.clock().pause();
        world.otherSpeaks();
        storm(alarms, "ALARM");
        while (world.handOver()) {
            assertThat(world.messages(AlarmsWorld.USUAL)).isEmpty();
        }
        world.aws.clock().move(Duration.ofSeconds(2));
        assertThat(world.handOver()).isEqualTo(looks);
        world.aws.clock().resume();
        world.aws.clock().move(Duration.ofMinutes(1));
        world.run();
        assertThat(world.wrong()).isEmpty();
    }

    /** What is posted for a storm is posted once, when one of these calls is the last of a process. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Slack.chat.postMessage", "Slack.chat.update", "DynamoDB.BatchWriteItem", "DynamoDB.PutItem"})
    void losesAndRepeatsNothingWhenTheProcessDies(String call) {
        for (int nth = 1; nth <= 3; nth++) {
            storm(40 * nth, nth % 2 == 1 ? "ALARM" : "OK");
            world.aws.faults().plan(call, Fault.CALLER_DIES, 1);
            while (world.alarms.size() + world.work.size() > 0) {
                world.handOver();
                if (world.aws.faults().isCallerDead()) {
                    world.aws.faults().clear();
                    world.restart();
                }
                world.aws.clock().move(Duration.ofSeconds(5));
            }
            assertThat(world.wrong()).isEmpty();
            world.aws.clock().move(Duration.ofMinutes(2));
        }
        assertThat(world.dead.size()).isZero();
    }

    private void storm(int alarms, String state) {
        for (int i = 0; i < alarms; i++) {
            world.alarm(name(i), "");
            if (state.equals("OK")) {
                world.aws.cloudWatch().set(name(i), "ALARM", "before");
            }
            world.set(name(i), state);
        }
    }

    private static String name(int i) {
        return (i % 3 == 0 ? "prod-db-" : "prod-web-") + i;
    }

    private Posted digest() {
        return world.messages(AlarmsWorld.USUAL).stream()
                .filter(message -> message.content().metadata().contains(Storm.DIGEST))
                .findFirst()
                .orElseThrow();
    }
}
