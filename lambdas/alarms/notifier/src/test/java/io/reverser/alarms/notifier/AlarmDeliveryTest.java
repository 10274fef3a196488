package io.reverser.alarms.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.aws.lambda.QueueTrigger;
import io.reverser.simulators.fault.FaultInjector.Fault;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AlarmDeliveryTest {

    private final AlarmsFixture fixture = new AlarmsFixture();

    @BeforeEach
    void createAlarms() {
        fixture.createAlarm("dev-db-slow", "");
        fixture.createAlarm("dev-db-dead", "critical");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void updatesOneMessageInPlace() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().text()).isEqualTo("🔴 *Something is wrong with dev-db-slow*");
        fixture.aws.clock().move(Duration.ofMinutes(12));
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        assertThat(only().text()).isEqualTo("🟢 *Resolved: Something is wrong with dev-db-slow*");
        assertThat(only().content().attachments()).contains("*OK* since", "resolved after 12 min", "#1d8102");
        assertThat(notes()).singleElement().asString().startsWith("🟢 *OK*");
        assertThat(fixture.alarmQueue.size() + fixture.workQueue.size() + fixture.deadLetters.size())
                .isZero();
    }

    /** New alarms get their first data after a deployment; CloudWatch notifies about each. */
    @Test
    void postsNothingWhenANewAlarmGetsItsFirstData() {
        fixture.setState("dev-db-slow", "INSUFFICIENT_DATA");
        // CloudWatch notifies about the first state of a new alarm only if the alarm has an action for it; ours have
        // none.
        fixture.alarmQueue.purge();
        fixture.setState("dev-db-slow", "OK");
        assertThat(fixture.alarmQueue.size()).isEqualTo(1);
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).isEmpty();
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().text()).isEqualTo("🔴 *Something is wrong with dev-db-slow*");
        assertThat(only().content().attachments()).doesNotContain("fired twice");
        assertThat(fixture.alarmQueue.size() + fixture.deadLetters.size()).isZero();
    }

    @Test
    void reopensTheMessageWithinTheReopenWindow() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofMinutes(5));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().content().attachments()).contains("fired twice since");
        assertThat(notes()).hasSize(2);
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofMinutes(20));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(2);
    }

    /** Slack was unavailable during all changes: an episode continues until its resolution is published. */
    @Test
    void reopensTheMessageIfTheResolutionWasNotPublished() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        fixture.aws.clock().move(Duration.ofMinutes(20));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().content().attachments()).contains("fired twice");
        assertThat(notes()).hasSize(2);
    }

    @Test
    void showsTheGraphInTheMessageAndInTheThread() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().content().attachments()).contains("slack_file");
        assertThat(fixture.replies(only()))
                .singleElement()
                .satisfies(reply -> assertThat(reply.blocks()).contains("slack_file"));
    }

    @Test
    void updatesTheMessageAfterItsGraphWasDeleted() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        Matcher file = Pattern.compile("\"slack_file\":\\{\"id\":\"(F\\w+)\"")
                .matcher(only().content().attachments());
        assertThat(file.find()).isTrue();
        fixture.slack.uploads().delete(file.group(1));
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        assertThat(only().text()).startsWith("🟢");
        assertThat(fixture.deadLetters.size()).isZero();
    }

    @Test
    void mentionsTheGroupOfTheRouteEachTimeTheAlarmFires() {
        fixture.setState("dev-db-dead", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).endsWith(" <!subteam^S0ONCALL>"));
        fixture.setState("dev-db-dead", "OK");
        fixture.setState("dev-db-dead", "ALARM");
        fixture.drainQueues();
        WorkspaceMessage message =
                fixture.messages(AlarmsFixture.CRITICAL_CHANNEL).getFirst();
        assertThat(fixture.replies(message).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🔴 *ALARM*") && note.contains("<!subteam^S0ONCALL>"));
    }

    /** SNS delivers at least once, and in no particular order. */
    @Test
    void ignoresDuplicatesAndKeepsTheLatestState() {
        var bodies = new java.util.ArrayList<String>();
        fixture.aws.cloudWatch().onChange((subject, message) -> bodies.add(message));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        for (String body : List.of(bodies.get(1), bodies.get(0), bodies.get(1), bodies.get(0))) {
            fixture.topic.publish("", body);
            fixture.drainQueues();
        }
        assertThat(only().text()).startsWith("🟢");
        assertThat(notes()).singleElement().asString().startsWith("🔴 *ALARM*").contains("received late");
    }

    /** Alarms are recorded in parallel, but the changes of one alarm in order. */
    @Test
    void keepsTheOrderOfEachAlarmInABatch() {
        fixture.createAlarm("other", "");
        for (String state : List.of("ALARM", "OK", "ALARM")) {
            fixture.setState("dev-db-slow", state);
            fixture.setState("other", state);
        }
        fixture.drainQueues();
        assertThat(fixture.misdelivered()).isEmpty();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(2).allSatisfy(message -> {
            assertThat(message.content().attachments()).contains("fired twice since");
            assertThat(fixture.replies(message).stream().map(WorkspaceMessage::text))
                    .noneMatch(note -> note.contains("received late"));
        });
    }

    /** Both changes were pending, so the late one had no message to reply to yet. */
    @Test
    void postsALateChangeInTheThreadOfANewMessage() {
        var bodies = new java.util.ArrayList<String>();
        fixture.aws.cloudWatch().onChange((subject, message) -> bodies.add(message));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        fixture.aws.faults().injectNext("Slack.chat.postMessage", Fault.ERROR_BEFORE_EFFECT, 2);
        for (String body : bodies.reversed()) {
            fixture.topic.publish("", body);
            fixture.deliverBatch();
        }
        fixture.drainQueues();
        assertThat(only().text()).startsWith("🟢");
        assertThat(notes()).singleElement().asString().startsWith("🔴 *ALARM*").contains("received late");
    }

    /** One process has read the DynamoDB table; before it writes, the other process publishes. */
    @Test
    void keepsOneMessageWhenTwoProcessesRecordAtOnce() {
        fixture.aws.faults().injectEveryNth(1, "Slack.", Fault.ERROR_BEFORE_EFFECT);
        fixture.setState("dev-db-slow", "ALARM");
        fixture.deliverBatch();
        fixture.aws.faults().clear();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).isEmpty();
        fixture.setState("dev-db-slow", "OK");
        fixture.aws.faults().runAfter("DynamoDB.GetItem", () -> {
            fixture.aws.clock().move(Duration.ofSeconds(30));
            QueueTrigger.deliver(fixture.alarmQueue, fixture.invoker());
        });
        fixture.drainQueues();
        assertThat(only().text()).startsWith("🟢");
        assertThat(fixture.misdelivered()).isEmpty();
    }

    /** The malformed notification is posted as received. */
    @Test
    void deliversTheRestOfABatchWithAPoisonMessage() {
        for (int i = 0; i < 5; i++) {
            fixture.createAlarm("one-" + i, i % 2 == 0 ? "critical" : "");
        }
        fixture.setState("one-0", "ALARM");
        fixture.setState("one-1", "ALARM");
        fixture.topic.publish("AlarmName", "{\"AlarmName\": [\"not\", {\"a\": \"name\"}], \u0000");
        for (int i = 2; i < 5; i++) {
            fixture.setState("one-" + i, "ALARM");
        }
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(3);
        assertThat(fixture.messages(AlarmsFixture.CRITICAL_CHANNEL)).hasSize(3);
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).stream().map(WorkspaceMessage::text))
                .contains("AlarmName");
        assertThat(fixture.deadLetters.size()).isZero();
    }

    /** The threshold of this alarm cannot be formatted; it is an example of an unexpected payload. */
    @Test
    void postsThePayloadIfItCannotBeFormatted() {
        fixture.topic.publish("ALARM", """
                {"AlarmName": "odd", "NewStateValue": "ALARM", "StateChangeTime": "2026-11-24T10:03:12.345+0000",
                 "Trigger": {"MetricName": "m", "Namespace": "n", "Threshold": 1e999, "Period": 60,
                             "ComparisonOperator": "GreaterThanThreshold"}}""");
        fixture.drainQueues();
        assertThat(only().text()).contains("NumberFormatException", "AlarmName");
        assertThat(fixture.deadLetters.size()).isZero();
    }

    @Test
    void foldsChildrenUnderTheirCompositeAlarm() {
        fixture.createAlarm("part-1", "");
        fixture.createAlarm("part-2", "");
        fixture.createComposite("all", "ALARM(\"part-1\") OR ALARM(\"part-2\")");
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        fixture.setState("part-2", "ALARM");
        fixture.drainQueues();
        List<WorkspaceMessage> messages = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL);
        assertThat(messages).hasSize(2);
        WorkspaceMessage first = messages.getFirst();
        WorkspaceMessage composite = messages.getLast();
        assertThat(composite.text()).contains("All of it is wrong");
        assertThat(first.content().attachments())
                .contains("Part of a composite alarm")
                .doesNotContain("slack_file");
        fixture.setState("part-2", "OK");
        fixture.drainQueues();
        assertThat(fixture.replies(composite).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.contains("🔴 *ALARM* `part-2`"))
                .anyMatch(note -> note.contains("🟢 *OK* `part-2`"));
        assertThat(composite.content().attachments()).contains("slack_file");
    }

    /** State changes of a child are posted in the composite alarm's thread, even if the child has its own message. */
    @Test
    void postsChangesOfChildrenInTheThreadOfTheCompositeAlarm() {
        WorkspaceMessage composite = fireComposite("ALARM(\"part-1\") OR ALARM(\"part-2\")");
        fixture.setState("part-1", "OK");
        fixture.drainQueues();
        assertThat(fixture.replies(composite).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🟢 *OK* `part-1`"));
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.replies(composite).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🔴 *ALARM* `part-1`"));
    }

    /** Otherwise a firing child would be hidden in the thread of a resolved composite alarm. */
    @Test
    void unfoldsFiringChildrenWhenTheCompositeAlarmIsResolved() {
        fireComposite("ALARM(\"part-1\") AND ALARM(\"part-2\")");
        WorkspaceMessage part = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).getFirst();
        assertThat(part.content().attachments()).contains("Part of a composite alarm");
        fixture.setState("part-2", "OK");
        fixture.drainQueues();
        part = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).getFirst();
        assertThat(part.text()).startsWith("🔴").contains("part-1");
        assertThat(part.content().attachments()).doesNotContain("Part of a composite alarm");
        fixture.setState("part-1", "OK");
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.replies(part).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🟢 *OK*"))
                .anyMatch(note -> note.startsWith("🔴 *ALARM*"));
        assertThat(fixture.misdelivered()).isEmpty();
    }

    /**
     * The child fired while the composite alarm fired, so until now it was only a reply in the composite alarm's
     * thread.
     */
    @Test
    void postsAMessageForAFiringChildWhenTheCompositeAlarmIsResolved() {
        fixture.createAlarm("part-3", "");
        fireComposite("ALARM(\"part-1\") OR ALARM(\"part-2\") OR ALARM(\"part-3\")");
        fixture.setState("part-3", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                .noneMatch(message -> message.text().contains("part-3"));
        resolve("all");
        assertThat(about("part-3"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("🔴"));
    }

    /** The child's message from an hour ago must not be mistaken for the post that failed. */
    @Test
    void postsAnotherMessageForTheChildTheNextTime() {
        fixture.createAlarm("part-3", "");
        fireComposite("ALARM(\"part-1\") OR ALARM(\"part-2\") OR ALARM(\"part-3\")");
        fixture.setState("part-3", "ALARM");
        fixture.drainQueues();
        resolve("all");
        fixture.aws.cloudWatch().onChange(fixture.topic::publish);
        List.of("part-1", "part-2", "part-3").forEach(part -> fixture.setState(part, "OK"));
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofHours(1));
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        fixture.setState("part-3", "ALARM");
        fixture.drainQueues();
        assertThat(about("part-3")).hasSize(1);
        fixture.aws.faults().injectNext("Slack.chat.postMessage", Fault.ERROR_BEFORE_EFFECT, 1);
        resolve("all");
        assertThat(about("part-3")).hasSize(2);
        assertThat(about("part-3").getLast().text()).startsWith("🔴");
    }

    /** Resolves a composite alarm, without publishing the states of its children. */
    private void resolve(String composite) {
        fixture.aws.cloudWatch().onChange((subject, message) -> {
            if (message.contains("\"NewStateValue\":\"OK\"")) {
                fixture.topic.publish(subject, message);
            }
        });
        fixture.setState(composite, "OK");
        fixture.drainQueues();
    }

    private List<WorkspaceMessage> about(String alarm) {
        return fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).stream()
                .filter(message -> message.text().contains(alarm))
                .toList();
    }

    /** A composite alarm with two firing children, each with its own message. */
    private WorkspaceMessage fireComposite(String rule) {
        fixture.createAlarm("part-1", "");
        fixture.createAlarm("part-2", "");
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        fixture.createComposite("all", rule);
        fixture.setState("part-2", "ALARM");
        fixture.drainQueues();
        return fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).stream()
                .filter(message -> message.text().contains("All of it is wrong"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void postsANewMessageIfTheFirstWasDeleted() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        fixture.workspace.delete(only());
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        assertThat(only().text()).startsWith("🟢");
    }

    private WorkspaceMessage only() {
        List<WorkspaceMessage> messages = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    /** The replies in the message's thread, without uploaded graphs. */
    private List<String> notes() {
        return fixture.replies(only()).stream()
                .map(WorkspaceMessage::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
