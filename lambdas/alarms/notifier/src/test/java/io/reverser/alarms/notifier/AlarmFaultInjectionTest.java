package io.reverser.alarms.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.ChannelRateLimiter.ChannelCall;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
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

/**
 * After each fault, every change is in Slack exactly once, or in the dead-letter queue with the reason for the failure.
 */
@Execution(ExecutionMode.CONCURRENT)
class AlarmFaultInjectionTest {

    private static final int MAX_ROUNDS = 8;
    private static final int MAX_CONCURRENCY = 4;
    private static final boolean EVERY_CALL = !System.getProperty("faults", "").isEmpty();

    /**
     * The process crashes, or a call fails, at the first and the last call of each operation; with
     * {@code -Dfaults=more}, at every call.
     */
    @ParameterizedTest
    @EnumSource(names = {"CALLER_CRASH", "ERROR_BEFORE_EFFECT", "DISCONNECT_AFTER_EFFECT"})
    void deliversEachChangeOnceWhicheverCallFails(Fault fault) {
        var table = new ConcurrentSkipListMap<String, Integer>();
        var wrong = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(MAX_CONCURRENCY)) {
            selectCalls(calls())
                    .forEach(call -> threads.execute(() -> {
                        try (var fixture = new AlarmsFixture()) {
                            fixture.aws.faults().injectAfter(call, fault);
                            story(fixture);
                            List<String> made = fixture.aws.faults().calls();
                            String name = made.get(Math.min(call, made.size() - 1));
                            table.merge(name, 1, Integer::sum);
                            fixture.misdelivered().forEach(one -> wrong.add(fault + " at " + name + ": " + one));
                        }
                    }));
        }
        table.forEach((name, times) -> System.out.printf("%-12s %-40s %3d times%n", fault, name, times));
        assertThat(table).containsKeys("Slack.chat.postMessage", "DynamoDB.TransactWriteItems", "Sqs.SendMessage");
        assertThat(wrong).isEmpty();
    }

    @Test
    void retriesWhileSlackIsUnavailable() {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().injectEveryNth(1, "Slack.", Fault.ERROR_BEFORE_EFFECT);
            begin(fixture);
            fixture.drainQueues(Duration.ofMinutes(10));
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).isEmpty();
            fixture.aws.faults().clear();
            fixture.setState("a", "OK");
            fixture.drainQueues(Duration.ofMinutes(5));
            assertThat(fixture.misdelivered()).isEmpty();
            assertThat(fixture.deadLetters.size()).isZero();
        }
    }

    /** Slack may block an app that calls it during the pause that {@code Retry-After} demands. */
    @Test
    void waitsForRetryAfter() {
        try (var fixture = new AlarmsFixture()) {
            fixture.slack.setRetryAfter(30);
            fixture.aws.faults().injectEveryNth(3, "Slack.chat.", Fault.THROTTLE);
            begin(fixture);
            fixture.drainQueues(Duration.ofMinutes(10));
            fixture.setState("a", "OK");
            fixture.drainQueues(Duration.ofMinutes(10));
            assertThat(fixture.misdelivered()).isEmpty();
            assertThat(fixture.deadLetters.size()).isZero();
            List<ChannelCall> calls = fixture.slack.rateLimiter().calls().stream()
                    .filter(call -> call.channel().equals(AlarmsFixture.DEFAULT_CHANNEL))
                    .toList();
            long pauses = 0;
            for (int i = 1; i < calls.size(); i++) {
                Duration gap =
                        Duration.between(calls.get(i - 1).at(), calls.get(i).at());
                pauses += gap.toSeconds() >= 30 ? 1 : 0;
            }
            assertThat(pauses).isPositive();
            assertThat(fixture.slack.rateLimiter().rejectedCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal_error", "service_unavailable", "request_timeout", "ratelimited"})
    void retriesTransientErrors(String error) {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().rejectNext("Slack.chat.postMessage", 200, error, 2);
            begin(fixture);
            fixture.drainQueues();
            assertThat(fixture.misdelivered()).isEmpty();
            assertThat(fixture.deadLetters.size()).isZero();
        }
    }

    /** DynamoDB cancelled the transaction because of another one: the notification is not a duplicate. */
    @Test
    void retriesAfterATransactionConflict() {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().rejectNext("DynamoDB.TransactWriteItems", 400, "TransactionCanceledException", 2);
            fixture.alarmQueue.send("The budget is spent");
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(1);
        }
    }

    @Test
    void dropsARefreshThatSlackRejects() {
        try (var fixture = new AlarmsFixture()) {
            begin(fixture);
            fixture.drainQueues();
            fixture.createComposite("all", "ALARM(a)");
            fixture.aws.faults().rejectNext("Slack.chat.update", 200, "is_archived", 1);
            fixture.aws.cloudWatch().setAlarmState("all", "ALARM", "of its child");
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(2);
            assertThat(fixture.deadLetters.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "channel_not_found", "is_archived", "missing_scope"})
    void postsInTheDefaultChannelIfTheChannelIsUnusable(String error) {
        try (var fixture = new AlarmsFixture()) {
            fixture.createAlarm("dead", "critical");
            fixture.aws.faults().rejectNext("Slack.chat.postMessage", 200, error, 1);
            fixture.setState("dead", "ALARM");
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL)).isEmpty();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("Something is wrong with dead"));
            assertThat(fixture.misdelivered()).isEmpty();
            assertThat(fixture.deadLetters.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account_inactive", "invalid_auth", "token_revoked", "missing_scope"})
    void deadLettersWithTheReasonAndPostsAfterARedrive(String error) {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().rejectNext("Slack.chat.postMessage", 200, error, 20);
            begin(fixture);
            fixture.drainQueues();
            assertThat(fixture.deadLetterReasons()).isNotEmpty().allMatch(reason -> reason.contains(error));
            assertThat(fixture.misdelivered()).isEmpty();
            fixture.aws.faults().clear();
            fixture.deadLetters
                    .peek()
                    .forEach(letter ->
                            fixture.alarmQueue.send(letter.path("body").asText()));
            fixture.deadLetters.purge();
            fixture.drainQueues();
            assertThat(fixture.misdelivered()).isEmpty();
            assertThat(fixture.deadLetters.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_blocks", "msg_too_long", "invalid_attachments", "something_new"})
    void postsPlainTextIfSlackRejectsTheBlocks(String error) {
        try (var fixture = new AlarmsFixture()) {
            fixture.createAlarm("a", "");
            fixture.aws.faults().rejectNext("Slack.chat.postMessage", 200, error, 1);
            fixture.setState("a", "ALARM");
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                    .singleElement()
                    .satisfies(message ->
                            assertThat(message.text()).contains("Slack rejected the formatted message", "AlarmName"));
            assertThat(fixture.misdelivered()).isEmpty();
        }
    }

    /** Slack never finishes processing the graph, so the graph is only in the thread. */
    @Test
    void leavesTheMessageUnchangedIfTheGraphIsNeverReady() {
        try (var fixture = new AlarmsFixture()) {
            fixture.slack.uploads().setProcessingDelay(Duration.ofHours(1));
            begin(fixture);
            fixture.drainQueues();
            WorkspaceMessage message =
                    fixture.messages(AlarmsFixture.CRITICAL_CHANNEL).getFirst();
            assertThat(message.content().attachments()).doesNotContain("slack_file");
            assertThat(fixture.replies(message))
                    .anyMatch(reply -> reply.blocks().contains("slack_file"));
            assertThat(fixture.misdelivered()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CloudWatch.GetMetricWidgetImage", "Slack.files.getUploadURLExternal", "Slack.upload"})
    void deliversWithoutAGraph(String call) {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().injectEveryNth(1, call, Fault.ERROR_BEFORE_EFFECT);
            story(fixture);
            assertThat(fixture.misdelivered()).isEmpty();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)
                            .getFirst()
                            .text())
                    .startsWith("🟢");
        }
    }

    /** Posting an alarm in the wrong channel is better than not posting it. */
    @Test
    void routesToTheDefaultChannelIfTagsCannotBeLookedUp() {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().injectEveryNth(1, "CloudWatch.ListTagsForResource", Fault.ERROR_BEFORE_EFFECT);
            begin(fixture);
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL)).isEmpty();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(2);
        }
    }

    /**
     * The function waits for DynamoDB, because a change that is not stored cannot update the alarm's message, which
     * would stay red.
     */
    @Test
    void retriesWhileTheTableIsBrieflyUnavailable() {
        try (var fixture = new AlarmsFixture()) {
            fixture.createAlarm("a", "");
            fixture.setState("a", "ALARM");
            fixture.drainQueues();
            fixture.aws.faults().injectEveryNth(1, "DynamoDB.", Fault.ERROR_BEFORE_EFFECT);
            fixture.setState("a", "OK");
            fixture.drainQueues(Duration.ofSeconds(10));
            fixture.aws.faults().clear();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).startsWith("🔴"));
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).startsWith("🟢"));
            assertThat(fixture.misdelivered()).isEmpty();
        }
    }

    @Test
    void postsWhileTheTableIsUnavailable() {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().injectEveryNth(1, "DynamoDB.", Fault.ERROR_BEFORE_EFFECT);
            begin(fixture);
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL)).hasSize(1);
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(1);
            fixture.aws.faults().clear();
            fixture.setState("a", "OK");
            fixture.drainQueues();
            assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).getLast().text())
                    .startsWith("🟢");
            assertThat(fixture.misdelivered()).isEmpty();
        }
    }

    @Test
    void deadLettersAfterFourHours() {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.faults().injectEveryNth(1, "Slack.", Fault.ERROR_BEFORE_EFFECT);
            begin(fixture);
            for (int i = 0; i < 60 && fixture.alarmQueue.size() > 0; i++) {
                fixture.deliverBatch();
                fixture.aws.clock().move(Duration.ofMinutes(5));
            }
            assertThat(fixture.deadLetterReasons()).hasSize(2).allMatch(reason -> reason.contains("within 4 h"));
            fixture.aws.faults().clear();
            fixture.drainQueues();
            assertThat(fixture.misdelivered()).isEmpty();
        }
    }

    /** A process with a wrong clock wrote a lease that expires in a year. */
    @Test
    void publishesAfterAWrongClockWroteALease() {
        try (var fixture = new AlarmsFixture()) {
            fixture.aws.clock().move(Duration.ofDays(365));
            begin(fixture);
            fixture.deliverBatch();
            fixture.aws.clock().move(Duration.ofDays(-365));
            fixture.createAlarm("b", "");
            fixture.setState("b", "ALARM");
            fixture.alarmQueue.makeAllVisible();
            fixture.workQueue.makeAllVisible();
            fixture.drainQueues();
            assertThat(fixture.misdelivered()).isEmpty();
        }
    }

    private static List<Integer> selectCalls(List<String> calls) {
        return IntStream.range(0, calls.size())
                .filter(call -> EVERY_CALL
                        || calls.indexOf(calls.get(call)) == call
                        || calls.lastIndexOf(calls.get(call)) == call)
                .boxed()
                .toList();
    }

    private static List<String> calls() {
        try (var fixture = new AlarmsFixture()) {
            story(fixture);
            assertThat(fixture.misdelivered()).isEmpty();
            return fixture.aws.faults().calls();
        }
    }

    private static void begin(AlarmsFixture fixture) {
        fixture.createAlarm("a", "");
        fixture.createAlarm("dead", "critical");
        fixture.setState("a", "ALARM");
        fixture.setState("dead", "ALARM");
    }

    /** Two alarms fire, one is resolved. After a crash, a new process continues. */
    private static void story(AlarmsFixture fixture) {
        begin(fixture);
        run(fixture);
        fixture.setState("a", "OK");
        run(fixture);
    }

    private static void run(AlarmsFixture fixture) {
        for (int i = 0; i < MAX_ROUNDS && fixture.alarmQueue.size() + fixture.workQueue.size() > 0; i++) {
            while (fixture.deliverBatch() && !fixture.aws.faults().isCallerCrashed()) {
                fixture.aws.clock().move(Duration.ofMillis(1));
            }
            if (fixture.aws.faults().isCallerCrashed()) {
                fixture.aws.faults().clear();
                fixture.restart();
            }
            fixture.aws.clock().move(Duration.ofSeconds(61));
        }
    }
}
