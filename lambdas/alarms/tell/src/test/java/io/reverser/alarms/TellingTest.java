package io.reverser.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.lambda.QueueTrigger;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellingTest {

    private final AlarmsWorld world = new AlarmsWorld();

    @BeforeEach
    void makeAlarms() {
        world.alarm("dev-db-slow", "");
        world.alarm("dev-db-dead", "critical");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void isOneMessageThatStaysTrue() {
        world.set("dev-db-slow", "ALARM");
        world.run();
        assertThat(only().text()).isEqualTo("🔴 *Something is wrong with dev-db-slow*");
        world.aws.clock().move(Duration.ofMinutes(12));
        world.set("dev-db-slow", "OK");
        world.run();
        assertThat(only().text()).startsWith("🟢 *");
        assertThat(only().content().attachments()).contains("*OK* since", "after 12 min", "#1d8102");
        assertThat(notes()).singleElement().asString().startsWith("🟢 *OK*");
        assertThat(world.alarms.size() + world.work.size() + world.dead.size()).isZero();
    }

    @Test
    void goesOnWhenItRingsAgainSoonAndBeginsAnewWhenItDoesNot() {
        world.set("dev-db-slow", "ALARM");
        world.set("dev-db-slow", "OK");
        world.run();
        world.aws.clock().move(Duration.ofMinutes(5));
        world.set("dev-db-slow", "ALARM");
        world.run();
        assertThat(only().content().attachments()).contains("rang twice since");
        assertThat(notes()).hasSize(2);
        world.set("dev-db-slow", "OK");
        world.run();
        world.aws.clock().move(Duration.ofMinutes(20));
        world.set("dev-db-slow", "ALARM");
        world.run();
        assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(2);
    }

    /** Slack was away all the time: an episode whose end nobody was told goes on. */
    @Test
    void isOneMessageWhenNobodyCouldBeToldInBetween() {
        world.set("dev-db-slow", "ALARM");
        world.set("dev-db-slow", "OK");
        world.aws.clock().move(Duration.ofMinutes(20));
        world.set("dev-db-slow", "ALARM");
        world.run();
        assertThat(only().content().attachments()).contains("rang twice");
        assertThat(notes()).hasSize(2);
    }

    @Test
    void showsItsPictureInTheMessageAndInTheThread() {
        world.set("dev-db-slow", "ALARM");
        world.run();
        assertThat(only().content().attachments()).contains("slack_file");
        assertThat(world.replies(only()))
                .singleElement()
                .satisfies(reply -> assertThat(reply.blocks()).contains("slack_file"));
    }

    @Test
    void staysTrueWhenSomebodyTakesItsPictureAway() {
        world.set("dev-db-slow", "ALARM");
        world.run();
        Matcher file = Pattern.compile("\"slack_file\":\\{\"id\":\"(F\\w+)\"")
                .matcher(only().content().attachments());
        assertThat(file.find()).isTrue();
        world.slack.uploads().delete(file.group(1));
        world.set("dev-db-slow", "OK");
        world.run();
        assertThat(only().text()).startsWith("🟢");
        assertThat(world.dead.size()).isZero();
    }

    @Test
    void callsPeopleWhereTheRouteSaysSoAndGoesOnSayingWhom() {
        world.set("dev-db-dead", "ALARM");
        world.run();
        assertThat(world.messages(AlarmsWorld.CRITICAL))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).endsWith(" <!subteam^S0ONCALL>"));
        world.set("dev-db-dead", "OK");
        world.set("dev-db-dead", "ALARM");
        world.run();
        Posted message = world.messages(AlarmsWorld.CRITICAL).getFirst();
        assertThat(world.replies(message).stream().map(Posted::text))
                .anyMatch(note -> note.startsWith("🔴 *ALARM*") && note.contains("<!subteam^S0ONCALL>"));
    }

    /** SNS delivers at least once, and in no order. */
    @Test
    void saysOnceWhatComesTwiceAndKeepsTheNewestWhenTheOldestComesLast() {
        var bodies = new java.util.ArrayList<String>();
        world.aws.cloudWatch().onChange((subject, message) -> bodies.add(message));
        world.set("dev-db-slow", "ALARM");
        world.set("dev-db-slow", "OK");
        for (String body : List.of(bodies.get(1), bodies.get(0), bodies.get(1), bodies.get(0))) {
            world.topic.publish("", body);
            world.run();
        }
        assertThat(only().text()).startsWith("🟢");
        assertThat(notes()).singleElement().asString().startsWith("🔴 *ALARM*").contains("only heard of now");
    }

    /** Several alarms are written down at once; what happened to one of them, one after the other. */
    @Test
    void keepsTheOrderOfEachAlarmInABatch() {
        world.alarm("other", "");
        for (String state : List.of("ALARM", "OK", "ALARM")) {
            world.set("dev-db-slow", state);
            world.set("other", state);
        }
        world.run();
        assertThat(world.wrong()).isEmpty();
        assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(2).allSatisfy(message -> {
            assertThat(message.content().attachments()).contains("rang twice since");
            assertThat(world.replies(message).stream().map(Posted::text))
                    .noneMatch(note -> note.contains("only heard of now"));
        });
    }

    /** Both waited for Slack, and the older one has no message yet that it could stand below. */
    @Test
    void tellsWhatCameLateBelowTheMessageOfWhatCameBefore() {
        var bodies = new java.util.ArrayList<String>();
        world.aws.cloudWatch().onChange((subject, message) -> bodies.add(message));
        world.set("dev-db-slow", "ALARM");
        world.set("dev-db-slow", "OK");
        world.aws.faults().plan("Slack.chat.postMessage", Fault.FAILS_BEFORE, 2);
        for (String body : bodies.reversed()) {
            world.topic.publish("", body);
            world.handOver();
        }
        world.run();
        assertThat(only().text()).startsWith("🟢");
        assertThat(notes()).singleElement().asString().startsWith("🔴 *ALARM*").contains("only heard of now");
    }

    /** One has read what stands in the table, the other tells it meanwhile, and then the first writes. */
    @Test
    void keepsItsMessageWhenTwoProcessesHearOfItAtOnce() {
        world.aws.faults().oneIn(1, "Slack.", Fault.FAILS_BEFORE);
        world.set("dev-db-slow", "ALARM");
        world.handOver();
        world.aws.faults().clear();
        assertThat(world.messages(AlarmsWorld.USUAL)).isEmpty();
        world.set("dev-db-slow", "OK");
        world.aws.faults().afterNext("DynamoDB.GetItem", () -> {
            world.aws.clock().move(Duration.ofSeconds(30));
            QueueTrigger.deliver(world.alarms, world.invoker());
        });
        world.run();
        assertThat(only().text()).startsWith("🟢");
        assertThat(world.wrong()).isEmpty();
    }

    /** Of ten records the third is nothing that anybody knows: it is shown, and the other nine are told. */
    @Test
    void tellsTheOthersWhenOneIsPoison() {
        for (int i = 0; i < 5; i++) {
            world.alarm("one-" + i, i % 2 == 0 ? "critical" : "");
        }
        world.set("one-0", "ALARM");
        world.set("one-1", "ALARM");
        world.topic.publish("AlarmName", "{\"AlarmName\": [\"not\", {\"a\": \"name\"}], \u0000");
        for (int i = 2; i < 5; i++) {
            world.set("one-" + i, "ALARM");
        }
        world.run();
        assertThat(world.messages(AlarmsWorld.USUAL)).hasSize(3);
        assertThat(world.messages(AlarmsWorld.CRITICAL)).hasSize(3);
        assertThat(world.messages(AlarmsWorld.USUAL).stream().map(Posted::text)).contains("AlarmName");
        assertThat(world.dead.size()).isZero();
    }

    /** A threshold that is no number any more; whatever else nobody thought of. */
    @Test
    void tellsAsItCameWhatItCannotWord() {
        world.topic.publish("ALARM", """
                {"AlarmName": "odd", "NewStateValue": "ALARM", "StateChangeTime": "2026-11-24T10:03:12.345+0000",
                 "Trigger": {"MetricName": "m", "Namespace": "n", "Threshold": 1e999, "Period": 60,
                             "ComparisonOperator": "GreaterThanThreshold"}}""");
        world.run();
        assertThat(only().text()).contains("NumberFormatException", "AlarmName");
        assertThat(world.dead.size()).isZero();
    }

    @Test
    void foldsTheAlarmsOfACompositeOneBelowIt() {
        world.alarm("part-1", "");
        world.alarm("part-2", "");
        world.composite("all", "ALARM(\"part-1\") OR ALARM(\"part-2\")");
        world.set("part-1", "ALARM");
        world.run();
        world.set("part-2", "ALARM");
        world.run();
        List<Posted> messages = world.messages(AlarmsWorld.USUAL);
        assertThat(messages).hasSize(2);
        Posted first = messages.getFirst();
        Posted composite = messages.getLast();
        assertThat(composite.text()).contains("All of it is wrong");
        assertThat(first.content().attachments())
                .contains("part of a composite alarm")
                .doesNotContain("slack_file");
        world.set("part-2", "OK");
        world.run();
        assertThat(world.replies(composite).stream().map(Posted::text))
                .anyMatch(note -> note.contains("🔴 *ALARM* `part-2`"))
                .anyMatch(note -> note.contains("🟢 *OK* `part-2`"));
        assertThat(composite.content().attachments()).contains("slack_file");
    }

    /** One that has a message of its own is still told where people read. */
    @Test
    void saysBelowACompositeAlarmWhatBecomesOfItsPartsWhileItRings() {
        Posted composite = ringing("ALARM(\"part-1\") OR ALARM(\"part-2\")");
        world.set("part-1", "OK");
        world.run();
        assertThat(world.replies(composite).stream().map(Posted::text))
                .anyMatch(note -> note.startsWith("🟢 *OK* `part-1`"));
        world.set("part-1", "ALARM");
        world.run();
        assertThat(world.replies(composite).stream().map(Posted::text))
                .anyMatch(note -> note.startsWith("🔴 *ALARM* `part-1`"));
    }

    /** Otherwise something rings, and all that people see is that it is over. */
    @Test
    void givesPartsThatStillRingTheirMessagesBackWhenTheCompositeAlarmIsOver() {
        ringing("ALARM(\"part-1\") AND ALARM(\"part-2\")");
        Posted part = world.messages(AlarmsWorld.USUAL).getFirst();
        assertThat(part.content().attachments()).contains("part of a composite alarm");
        world.set("part-2", "OK");
        world.run();
        part = world.messages(AlarmsWorld.USUAL).getFirst();
        assertThat(part.text()).startsWith("🔴").contains("part-1");
        assertThat(part.content().attachments()).doesNotContain("part of a composite alarm");
        world.set("part-1", "OK");
        world.set("part-1", "ALARM");
        world.run();
        assertThat(world.replies(part).stream().map(Posted::text))
                .anyMatch(note -> note.startsWith("🟢 *OK*"))
                .anyMatch(note -> note.startsWith("🔴 *ALARM*"));
        assertThat(world.wrong()).isEmpty();
    }

    /** It was only a line below the composite alarm. */
    @Test
    void givesAPartThatStillRingsAMessageOfItsOwnWhenTheCompositeAlarmIsOver() {
        world.alarm("part-3", "");
        ringing("ALARM(\"part-1\") OR ALARM(\"part-2\") OR ALARM(\"part-3\")");
        world.set("part-3", "ALARM");
        world.run();
        assertThat(world.messages(AlarmsWorld.USUAL))
                .noneMatch(message -> message.text().contains("part-3"));
        end("all");
        assertThat(about("part-3"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("🔴"));
    }

    /** The one of an hour ago looks like the one that could not be posted. */
    @Test
    void givesItAnotherMessageTheNextTimeAlsoWhenSlackIsAwayForAMoment() {
        world.alarm("part-3", "");
        ringing("ALARM(\"part-1\") OR ALARM(\"part-2\") OR ALARM(\"part-3\")");
        world.set("part-3", "ALARM");
        world.run();
        end("all");
        world.aws.cloudWatch().onChange(world.topic::publish);
        List.of("part-1", "part-2", "part-3").forEach(part -> world.set(part, "OK"));
        world.run();
        world.aws.clock().move(Duration.ofHours(1));
        world.set("part-1", "ALARM");
        world.run();
        world.set("part-3", "ALARM");
        world.run();
        assertThat(about("part-3")).hasSize(1);
        world.aws.faults().plan("Slack.chat.postMessage", Fault.FAILS_BEFORE, 1);
        end("all");
        assertThat(about("part-3")).hasSize(2);
        assertThat(about("part-3").getLast().text()).startsWith("🔴");
    }

    /** A composite alarm is over, whatever its parts do. */
    private void end(String composite) {
        world.aws.cloudWatch().onChange((subject, message) -> {
            if (message.contains("\"NewStateValue\":\"OK\"")) {
                world.topic.publish(subject, message);
            }
        });
        world.set(composite, "OK");
        world.run();
    }

    private List<Posted> about(String alarm) {
        return world.messages(AlarmsWorld.USUAL).stream()
                .filter(message -> message.text().contains(alarm))
                .toList();
    }

    /** A composite alarm with two parts that ring, each of which has a message of its own. */
    private Posted ringing(String rule) {
        world.alarm("part-1", "");
        world.alarm("part-2", "");
        world.set("part-1", "ALARM");
        world.run();
        world.composite("all", rule);
        world.set("part-2", "ALARM");
        world.run();
        return world.messages(AlarmsWorld.USUAL).stream()
                .filter(message -> message.text().contains("All of it is wrong"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void writesAnotherMessageWhenSomebodyTookTheFirstAway() {
        world.set("dev-db-slow", "ALARM");
        world.run();
        world.workspace.delete(only());
        world.set("dev-db-slow", "OK");
        world.run();
        assertThat(only().text()).startsWith("🟢");
    }

    private Posted only() {
        List<Posted> messages = world.messages(AlarmsWorld.USUAL);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    /** What the thread says, without its pictures. */
    private List<String> notes() {
        return world.replies(only()).stream()
                .map(Posted::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
