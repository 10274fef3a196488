package io.reverser.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.slack.ChannelLimit.Said;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After each fault, every change is in Slack exactly once, or in the dead-letter queue with the reason. */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

    private static final int PATIENCE = 8;
    private static final int AT_ONCE = 4;

    /** The process ends or a call fails at each call that it makes, one after the other. */
    @ParameterizedTest
    @EnumSource(names = {"CALLER_DIES", "FAILS_BEFORE", "CUT_AFTER"})
    void losesAndRepeatsNothingWhateverCallGoesWrong(Fault fault) {
        var table = new ConcurrentSkipListMap<String, Integer>();
        var wrong = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            IntStream.range(0, calls())
                    .forEach(call -> threads.execute(() -> {
                        try (var world = new AlarmsWorld()) {
                            world.aws.faults().after(call, fault);
                            story(world);
                            List<String> made = world.aws.faults().calls();
                            String name = made.get(Math.min(call, made.size() - 1));
                            table.merge(name, 1, Integer::sum);
                            world.wrong().forEach(one -> wrong.add(fault + " at " + name + ": " + one));
                        }
                    }));
        }
        table.forEach((name, times) -> System.out.printf("%-12s %-40s %3d times%n", fault, name, times));
        assertThat(table).containsKeys("Slack.chat.postMessage", "DynamoDB.TransactWriteItems", "Sqs.SendMessage");
        assertThat(wrong).isEmpty();
    }

    @Test
    void waitsWhileSlackIsAway() {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().oneIn(1, "Slack.", Fault.FAILS_BEFORE);
            begin(world);
            world.run(Duration.ofMinutes(10));
            assertThat(world.messages(AlarmsWorld.USUAL)).isEmpty();
            world.aws.faults().clear();
            world.set("a", "OK");
            world.run(Duration.ofMinutes(5));
            assertThat(world.wrong()).isEmpty();
            assertThat(world.dead.size()).isZero();
        }
    }

    /** Whoever hammers risks that Slack shuts the app out. */
    @Test
    void waitsAsLongAsSlackSaysAndNotLess() {
        try (var world = new AlarmsWorld()) {
            world.slack.retryAfter(30);
            world.aws.faults().oneIn(3, "Slack.chat.", Fault.THROTTLES);
            begin(world);
            world.run(Duration.ofMinutes(10));
            world.set("a", "OK");
            world.run(Duration.ofMinutes(10));
            assertThat(world.wrong()).isEmpty();
            assertThat(world.dead.size()).isZero();
            List<Said> usual = world.slack.limit().said().stream()
                    .filter(said -> said.channel().equals(AlarmsWorld.USUAL))
                    .toList();
            long pauses = 0;
            for (int i = 1; i < usual.size(); i++) {
                Duration gap =
                        Duration.between(usual.get(i - 1).at(), usual.get(i).at());
                pauses += gap.toSeconds() >= 30 ? 1 : 0;
            }
            assertThat(pauses).isPositive();
            assertThat(world.slack.limit().refused()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal_error", "service_unavailable", "request_timeout", "ratelimited"})
    void triesAgainWhatPasses(String error) {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().refuse("Slack.chat.postMessage", 200, error, 2);
            begin(world);
            world.run();
            assertThat(world.wrong()).isEmpty();
            assertThat(world.dead.size()).isZero();
        }
    }

    /** Two processes write to the table at once: nobody knows from that whether something was told. */
    @Test
    void triesAgainWhatMetAnotherTransaction() {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().refuse("DynamoDB.TransactWriteItems", 400, "TransactionCanceledException", 2);
            world.alarms.send("The budget is spent");
            world.run();
            assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(1);
        }
    }

    @Test
    void saysNothingOfAMessageThatCannotBeDrawnAgain() {
        try (var world = new AlarmsWorld()) {
            begin(world);
            world.run();
            world.composite("all", "ALARM(a)");
            world.aws.faults().refuse("Slack.chat.update", 200, "is_archived", 1);
            world.aws.cloudWatch().set("all", "ALARM", "of its part");
            world.run();
            assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(2);
            assertThat(world.dead.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "channel_not_found", "is_archived", "missing_scope"})
    void saysInAnotherChannelWhatOneDoesNotTake(String error) {
        try (var world = new AlarmsWorld()) {
            world.alarm("dead", "critical");
            world.aws.faults().refuse("Slack.chat.postMessage", 200, error, 1);
            world.set("dead", "ALARM");
            world.run();
            assertThat(world.messages(AlarmsWorld.CRITICAL)).isEmpty();
            assertThat(world.messages(AlarmsWorld.USUAL))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("Something is wrong with dead"));
            assertThat(world.wrong()).isEmpty();
            assertThat(world.dead.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account_inactive", "invalid_auth", "token_revoked", "missing_scope"})
    void buriesWithTheReasonWhatNoChannelTakesAndTellsItWhenItIsDugOut(String error) {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().refuse("Slack.chat.postMessage", 200, error, 20);
            begin(world);
            world.run();
            assertThat(world.reasons()).isNotEmpty().allMatch(reason -> reason.contains(error));
            assertThat(world.wrong()).isEmpty();
            world.aws.faults().clear();
            world.dead
                    .peek()
                    .forEach(letter -> world.alarms.send(letter.path("body").asText()));
            world.dead.clear();
            world.run();
            assertThat(world.wrong()).isEmpty();
            assertThat(world.dead.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_blocks", "msg_too_long", "invalid_attachments", "something_new"})
    void saysWithoutFormWhatSlackDoesNotTakeInForm(String error) {
        try (var world = new AlarmsWorld()) {
            world.alarm("a", "");
            world.aws.faults().refuse("Slack.chat.postMessage", 200, error, 1);
            world.set("a", "ALARM");
            world.run();
            assertThat(world.messages(AlarmsWorld.USUAL))
                    .singleElement()
                    .satisfies(message ->
                            assertThat(message.text()).contains("Slack does not take this otherwise", "AlarmName"));
            assertThat(world.wrong()).isEmpty();
        }
    }

    /** The text stands, and the picture is in the thread. */
    @Test
    void leavesTheMessageAsItIsWhenThePictureIsNeverReady() {
        try (var world = new AlarmsWorld()) {
            world.slack.uploads().takeTime(Duration.ofHours(1));
            begin(world);
            world.run();
            Posted message = world.messages(AlarmsWorld.CRITICAL).getFirst();
            assertThat(message.content().attachments()).doesNotContain("slack_file");
            assertThat(world.replies(message)).anyMatch(reply -> reply.blocks().contains("slack_file"));
            assertThat(world.wrong()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CloudWatch.GetMetricWidgetImage", "Slack.files.getUploadURLExternal", "Slack.upload"})
    void doesWithoutThePicture(String call) {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().oneIn(1, call, Fault.FAILS_BEFORE);
            story(world);
            assertThat(world.wrong()).isEmpty();
            assertThat(world.messages(AlarmsWorld.USUAL).getFirst().text()).startsWith("🟢");
        }
    }

    /** In the usual channel, when nobody can say where it belongs. */
    @Test
    void tellsWithoutTagsWhenNobodyKnowsThem() {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().oneIn(1, "CloudWatch.ListTagsForResource", Fault.FAILS_BEFORE);
            begin(world);
            world.run();
            assertThat(world.messages(AlarmsWorld.CRITICAL)).isEmpty();
            assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(2);
        }
    }

    /** Otherwise the message, or a storm's, would say for ever that it rings. */
    @Test
    void waitsForATableThatIsAwayForAMoment() {
        try (var world = new AlarmsWorld()) {
            world.alarm("a", "");
            world.set("a", "ALARM");
            world.run();
            world.aws.faults().oneIn(1, "DynamoDB.", Fault.FAILS_BEFORE);
            world.set("a", "OK");
            world.run(Duration.ofSeconds(10));
            world.aws.faults().clear();
            assertThat(world.messages(AlarmsWorld.USUAL))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).startsWith("🔴"));
            world.run();
            assertThat(world.messages(AlarmsWorld.USUAL))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).startsWith("🟢"));
            assertThat(world.wrong()).isEmpty();
        }
    }

    @Test
    void tellsWhileTheTableIsAway() {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().oneIn(1, "DynamoDB.", Fault.FAILS_BEFORE);
            begin(world);
            world.run();
            assertThat(world.messages(AlarmsWorld.CRITICAL)).hasSize(1);
            assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(1);
            world.aws.faults().clear();
            world.set("a", "OK");
            world.run();
            assertThat(world.messages(AlarmsWorld.USUAL).getLast().text()).startsWith("🟢");
            assertThat(world.wrong()).isEmpty();
        }
    }

    @Test
    void givesUpAfterHoursAndSaysSo() {
        try (var world = new AlarmsWorld()) {
            world.aws.faults().oneIn(1, "Slack.", Fault.FAILS_BEFORE);
            begin(world);
            for (int i = 0; i < 300 && world.alarms.size() > 0; i++) {
                world.handOver();
                world.aws.clock().move(Duration.ofMinutes(1));
            }
            assertThat(world.reasons()).hasSize(2).allMatch(reason -> reason.contains("within 4 h"));
            world.aws.faults().clear();
            world.run();
            assertThat(world.wrong()).isEmpty();
        }
    }

    /** A clock that was wrong wrote a turn into next year. */
    @Test
    void speaksAgainAfterTheClockWentBack() {
        try (var world = new AlarmsWorld()) {
            world.aws.clock().move(Duration.ofDays(365));
            begin(world);
            world.handOver();
            world.aws.clock().move(Duration.ofDays(-365));
            world.alarm("b", "");
            world.set("b", "ALARM");
            world.alarms.deliverAgain();
            world.work.deliverAgain();
            world.run();
            assertThat(world.wrong()).isEmpty();
        }
    }

    private static int calls() {
        try (var world = new AlarmsWorld()) {
            story(world);
            assertThat(world.wrong()).isEmpty();
            return world.aws.faults().calls().size();
        }
    }

    private static void begin(AlarmsWorld world) {
        world.alarm("a", "");
        world.alarm("dead", "critical");
        world.set("a", "ALARM");
        world.set("dead", "ALARM");
    }

    /** Two alarms ring, one of them ends. Whenever the process dies there is another one. */
    private static void story(AlarmsWorld world) {
        begin(world);
        run(world);
        world.set("a", "OK");
        run(world);
    }

    private static void run(AlarmsWorld world) {
        for (int i = 0; i < PATIENCE && world.alarms.size() + world.work.size() > 0; i++) {
            while (world.handOver() && !world.aws.faults().isCallerDead()) {
                world.aws.clock().move(Duration.ofMillis(1));
            }
            if (world.aws.faults().isCallerDead()) {
                world.aws.faults().clear();
                world.restart();
            }
            world.aws.clock().move(Duration.ofSeconds(61));
        }
    }
}
