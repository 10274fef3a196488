package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Rules for the alarm notifications that SNS sends to a subscribed queue.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html">Alarm actions</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">Message formats of SNS</a>
 */
class SnsAlarmMessagesTest {

    private final TestAlarms alarms = new TestAlarms();
    private final TopicSubscription subscription = TopicSubscription.open();

    @AfterEach
    void close() {
        alarms.close();
        subscription.close();
    }

    @Test
    void arriveAsNotifications() {
        alarms.put(alarm -> alarm.alarmActions(subscription.topicArn()));
        alarms.setState(alarms.name, StateValue.ALARM);
        JsonNode notification = arrived(1).getFirst();
        assertThat(notification.path("Type").asText()).isEqualTo("Notification");
        assertThat(notification.path("TopicArn").asText()).isEqualTo(subscription.topicArn());
        assertThat(notification.path("MessageId").asText()).isNotEmpty();
        assertThat(notification.path("Timestamp").asText()).endsWith("Z");
        assertThat(notification.path("Subject").asText()).startsWith("ALARM: \"" + alarms.name + "\"");
    }

    @Test
    void containTheStateChangeAndItsReason() {
        alarms.put(alarm -> alarm.alarmActions(subscription.topicArn()).alarmDescription("Something is wrong"));
        alarms.setState(alarms.name, StateValue.OK);
        alarms.setState(alarms.name, StateValue.ALARM);
        JsonNode message = message(arrived(1).getFirst());
        assertThat(message.path("AlarmName").asText()).isEqualTo(alarms.name);
        assertThat(message.path("AlarmDescription").asText()).isEqualTo("Something is wrong");
        assertThat(message.path("AlarmArn").asText())
                .isEqualTo(alarms.describe().alarmArn());
        assertThat(message.path("AWSAccountId").asText()).matches("\\d{12}");
        assertThat(message.path("OldStateValue").asText()).isEqualTo("OK");
        assertThat(message.path("NewStateValue").asText()).isEqualTo("ALARM");
        assertThat(message.path("NewStateReason").asText()).isEqualTo("Set by a test");
        assertThat(message.path("StateChangeTime").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
        assertThat(message.at("/AlarmActions/0").asText()).isEqualTo(subscription.topicArn());
    }

    @Test
    void containTheTrigger() {
        alarms.put(alarm -> alarm.alarmActions(subscription.topicArn()));
        alarms.setState(alarms.name, StateValue.ALARM);
        JsonNode trigger = message(arrived(1).getFirst()).path("Trigger");
        assertThat(trigger.path("MetricName").asText()).isEqualTo("Nothing");
        assertThat(trigger.path("Namespace").asText()).isEqualTo("Conformance");
        assertThat(trigger.path("StatisticType").asText()).isEqualTo("Statistic");
        assertThat(trigger.path("Statistic").asText()).isEqualTo("MAXIMUM");
        assertThat(trigger.path("Period").asInt()).isEqualTo(60);
        assertThat(trigger.path("EvaluationPeriods").asInt()).isEqualTo(3);
        assertThat(trigger.path("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
        assertThat(trigger.path("Threshold").asDouble()).isEqualTo(1.5);
        assertThat(trigger.at("/Dimensions/0/name").asText()).isEqualTo("Cluster");
        assertThat(trigger.at("/Dimensions/0/value").asText()).isEqualTo("dev");
    }

    @Test
    void areSentToTheActionsOfTheNewState() {
        alarms.put(alarm -> alarm.okActions(subscription.topicArn()));
        alarms.setState(alarms.name, StateValue.ALARM);
        alarms.setState(alarms.name, StateValue.OK);
        assertThat(states(arrived(1))).containsExactly("OK");
    }

    @Test
    void areSentOncePerStateChange() {
        alarms.put(alarm -> alarm.alarmActions(subscription.topicArn()).okActions(subscription.topicArn()));
        alarms.setState(alarms.name, StateValue.ALARM);
        alarms.setState(alarms.name, StateValue.ALARM);
        alarms.setState(alarms.name, StateValue.OK);
        assertThat(states(arrived(2))).containsExactlyInAnyOrder("ALARM", "OK");
    }

    @Test
    void areNotSentWhileActionsAreDisabled() {
        alarms.put(alarm -> alarm.alarmActions(subscription.topicArn())
                .okActions(subscription.topicArn())
                .actionsEnabled(false));
        alarms.setState(alarms.name, StateValue.ALARM);
        alarms.put(alarm -> alarm.alarmActions(subscription.topicArn()).okActions(subscription.topicArn()));
        alarms.setState(alarms.name, StateValue.OK);
        assertThat(states(arrived(1))).containsExactly("OK");
    }

    @Test
    void containTheRuleAndTheChildrenOfACompositeAlarm() {
        alarms.put(alarm -> {});
        alarms.setState(alarms.name, StateValue.OK);
        String rule = "ALARM(\"%s\")".formatted(alarms.name);
        alarms.putComposite(alarms.name + "-all", rule, alarm -> alarm.alarmActions(subscription.topicArn()));
        alarms.setState(alarms.name, StateValue.ALARM);
        JsonNode message = message(arrived(1).getFirst());
        assertThat(message.path("AlarmName").asText()).isEqualTo(alarms.name + "-all");
        assertThat(message.path("AlarmRule").asText()).isEqualTo(rule);
        assertThat(message.path("NewStateValue").asText()).isEqualTo("ALARM");
        assertThat(message.at("/TriggeringChildren/0/Arn").asText())
                .isEqualTo(alarms.describe().alarmArn());
        assertThat(message.at("/TriggeringChildren/0/State/Value").asText()).isEqualTo("ALARM");
    }

    /** Waits until at least {@code least} messages have arrived, and returns all messages that have arrived by then. */
    private List<JsonNode> arrived(int least) {
        List<JsonNode> arrived = new ArrayList<>();
        await().atMost(TestAlarms.PROPAGATION_TIMEOUT).until(() -> {
            arrived.addAll(subscription.receive());
            return arrived.size() >= least;
        });
        arrived.addAll(subscription.receive());
        return arrived;
    }

    private static List<String> states(List<JsonNode> notifications) {
        return notifications.stream()
                .map(notification -> message(notification).path("NewStateValue").asText())
                .toList();
    }

    private static JsonNode message(JsonNode notification) {
        try {
            return new ObjectMapper().readTree(notification.path("Message").asText());
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }
}
