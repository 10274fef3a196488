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
    void makeAlarms() {
        fixture.createAlarm("dev-db-slow", "");
        fixture.createAlarm("dev-db-dead", "critical");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isOneMessageThatStaysTrue() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().text()).isEqualTo("🔴 *Something is wrong with dev-db-slow*");
        fixture.aws.clock().move(Duration.ofMinutes(12));
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        assertThat(only().text()).startsWith("🟢 *");
        assertThat(only().content().attachments()).contains("*OK* since", "after 12 min", "#1d8102");
        assertThat(notes()).singleElement().asString().startsWith("🟢 *OK*");
        assertThat(fixture.alarmQueue.size() + fixture.workQueue.size() + fixture.deadLetters.size())
                .isZero();
    }

    @Test
    void goesOnWhenItRingsAgainSoonAndBeginsAnewWhenItDoesNot() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofMinutes(5));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().content().attachments()).contains("rang twice since");
        assertThat(notes()).hasSize(2);
        fixture.setState("dev-db-slow", "OK");
        fixture.drainQueues();
        fixture.aws.clock().move(Duration.ofMinutes(20));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL)).hasSize(2);
    }

    /** Slack was away all the time: an episode whose end nobody was told goes on. */
    @Test
    void isOneMessageWhenNobodyCouldBeToldInBetween() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        fixture.aws.clock().move(Duration.ofMinutes(20));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().content().attachments()).contains("rang twice");
        assertThat(notes()).hasSize(2);
    }

    @Test
    void showsItsPictureInTheMessageAndInTheThread() {
        fixture.setState("dev-db-slow", "ALARM");
        fixture.drainQueues();
        assertThat(only().content().attachments()).contains("slack_file");
        assertThat(fixture.replies(only()))
                .singleElement()
                .satisfies(reply -> assertThat(reply.blocks()).contains("slack_file"));
    }

    @Test
    void staysTrueWhenSomebodyTakesItsPictureAway() {
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
    void callsPeopleWhereTheRouteSaysSoAndGoesOnSayingWhom() {
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

    /** SNS delivers at least once, and in no order. */
    @Test
    void saysOnceWhatComesTwiceAndKeepsTheNewestWhenTheOldestComesLast() {
        var bodies = new java.util.ArrayList<String>();
        fixture.aws.cloudWatch().onChange((subject, message) -> bodies.add(message));
        fixture.setState("dev-db-slow", "ALARM");
        fixture.setState("dev-db-slow", "OK");
        for (String body : List.of(bodies.get(1), bodies.get(0), bodies.get(1), bodies.get(0))) {
            fixture.topic.publish("", body);
            fixture.drainQueues();
        }
        assertThat(only().text()).startsWith("🟢");
        assertThat(notes()).singleElement().asString().startsWith("🔴 *ALARM*").contains("only heard of now");
    }

    /** Several alarms are written down at once; what happened to one of them, one after the other. */
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
            assertThat(message.content().attachments()).contains("rang twice since");
            assertThat(fixture.replies(message).stream().map(WorkspaceMessage::text))
                    .noneMatch(note -> note.contains("only heard of now"));
        });
    }

    /** Both waited for Slack, and the older one has no message yet that it could stand below. */
    @Test
    void tellsWhatCameLateBelowTheMessageOfWhatCameBefore() {
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
        assertThat(notes()).singleElement().asString().startsWith("🔴 *ALARM*").contains("only heard of now");
    }

    /** One has read what stands in the table, the other tells it meanwhile, and then the first writes. */
    @Test
    void keepsItsMessageWhenTwoProcessesHearOfItAtOnce() {
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

    /** Of ten records the third is nothing that anybody knows: it is shown, and the other nine are told. */
    @Test
    void tellsTheOthersWhenOneIsPoison() {
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

    /** A threshold that is no number any more; whatever else nobody thought of. */
    @Test
    void tellsAsItCameWhatItCannotWord() {
        fixture.topic.publish("ALARM", """
                {"AlarmName": "odd", "NewStateValue": "ALARM", "StateChangeTime": "2026-11-24T10:03:12.345+0000",
                 "Trigger": {"MetricName": "m", "Namespace": "n", "Threshold": 1e999, "Period": 60,
                             "ComparisonOperator": "GreaterThanThreshold"}}""");
        fixture.drainQueues();
        assertThat(only().text()).contains("NumberFormatException", "AlarmName");
        assertThat(fixture.deadLetters.size()).isZero();
    }

    @Test
    void foldsTheAlarmsOfACompositeOneBelowIt() {
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
                .contains("part of a composite alarm")
                .doesNotContain("slack_file");
        fixture.setState("part-2", "OK");
        fixture.drainQueues();
        assertThat(fixture.replies(composite).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.contains("🔴 *ALARM* `part-2`"))
                .anyMatch(note -> note.contains("🟢 *OK* `part-2`"));
        assertThat(composite.content().attachments()).contains("slack_file");
    }

    /** One that has a message of its own is still told where people read. */
    @Test
    void saysBelowACompositeAlarmWhatBecomesOfItsPartsWhileItRings() {
        WorkspaceMessage composite = ringing("ALARM(\"part-1\") OR ALARM(\"part-2\")");
        fixture.setState("part-1", "OK");
        fixture.drainQueues();
        assertThat(fixture.replies(composite).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🟢 *OK* `part-1`"));
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.replies(composite).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🔴 *ALARM* `part-1`"));
    }

    /** Otherwise something rings, and all that people see is that it is over. */
    @Test
    void givesPartsThatStillRingTheirMessagesBackWhenTheCompositeAlarmIsOver() {
        ringing("ALARM(\"part-1\") AND ALARM(\"part-2\")");
        WorkspaceMessage part = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).getFirst();
        assertThat(part.content().attachments()).contains("part of a composite alarm");
        fixture.setState("part-2", "OK");
        fixture.drainQueues();
        part = fixture.messages(AlarmsFixture.DEFAULT_CHANNEL).getFirst();
        assertThat(part.text()).startsWith("🔴").contains("part-1");
        assertThat(part.content().attachments()).doesNotContain("part of a composite alarm");
        fixture.setState("part-1", "OK");
        fixture.setState("part-1", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.replies(part).stream().map(WorkspaceMessage::text))
                .anyMatch(note -> note.startsWith("🟢 *OK*"))
                .anyMatch(note -> note.startsWith("🔴 *ALARM*"));
        assertThat(fixture.misdelivered()).isEmpty();
    }

    /** It was only a line below the composite alarm. */
    @Test
    void givesAPartThatStillRingsAMessageOfItsOwnWhenTheCompositeAlarmIsOver() {
        fixture.createAlarm("part-3", "");
        ringing("ALARM(\"part-1\") OR ALARM(\"part-2\") OR ALARM(\"part-3\")");
        fixture.setState("part-3", "ALARM");
        fixture.drainQueues();
        assertThat(fixture.messages(AlarmsFixture.DEFAULT_CHANNEL))
                .noneMatch(message -> message.text().contains("part-3"));
        end("all");
        assertThat(about("part-3"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("🔴"));
    }

    /** The one of an hour ago looks like the one that could not be posted. */
    @Test
    void givesItAnotherMessageTheNextTimeAlsoWhenSlackIsAwayForAMoment() {
        fixture.createAlarm("part-3", "");
        ringing("ALARM(\"part-1\") OR ALARM(\"part-2\") OR ALARM(\"part-3\")");
        fixture.setState("part-3", "ALARM");
        fixture.drainQueues();
        end("all");
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
        end("all");
        assertThat(about("part-3")).hasSize(2);
        assertThat(about("part-3").getLast().text()).startsWith("🔴");
    }

    /** A composite alarm is over, whatever its parts do. */
    private void end(String composite) {
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

    /** A composite alarm with two parts that ring, each of which has a message of its own. */
    private WorkspaceMessage ringing(String rule) {
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
    void writesAnotherMessageWhenSomebodyTookTheFirstAway() {
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

    /** What the thread says, without its pictures. */
    private List<String> notes() {
        return fixture.replies(only()).stream()
                .map(WorkspaceMessage::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
