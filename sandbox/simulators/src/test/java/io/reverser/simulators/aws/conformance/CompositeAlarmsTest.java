package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Rules for CloudWatch composite alarms.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html">PutCompositeAlarm</a>
 */
class CompositeAlarmsTest {

    private final TestAlarms alarms = new TestAlarms();
    private final String one = alarms.name + "-1";
    private final String other = alarms.name + "-2";
    private final String all = alarms.name + "-all";

    @BeforeEach
    void children() {
        alarms.put(one, alarm -> {});
        alarms.put(other, alarm -> {});
        alarms.setState(one, StateValue.OK);
        alarms.setState(other, StateValue.OK);
    }

    @AfterEach
    void close() {
        alarms.close();
    }

    @Test
    void returnTheirRule() {
        alarms.putComposite(all, rule("OR"), alarm -> alarm.alarmDescription("All of it is wrong"));
        assertThat(alarms.describeComposite(all)).satisfies(described -> {
            assertThat(described.alarmArn()).endsWith(":alarm:" + all);
            assertThat(described.alarmRule()).isEqualTo(rule("OR"));
            assertThat(described.alarmDescription()).isEqualTo("All of it is wrong");
            assertThat(described.actionsEnabled()).isTrue();
        });
    }

    @Test
    void evaluateOr() {
        alarms.putComposite(all, rule("OR"), alarm -> {});
        becomes(StateValue.OK);
        alarms.setState(other, StateValue.ALARM);
        becomes(StateValue.ALARM);
        alarms.setState(other, StateValue.OK);
        becomes(StateValue.OK);
    }

    @Test
    void evaluateAnd() {
        alarms.putComposite(all, rule("AND"), alarm -> {});
        alarms.setState(one, StateValue.ALARM);
        becomes(StateValue.OK);
        alarms.setState(other, StateValue.ALARM);
        becomes(StateValue.ALARM);
    }

    @Test
    void evaluateTheirRuleOnCreation() {
        alarms.setState(one, StateValue.ALARM);
        alarms.putComposite(all, rule("OR"), alarm -> {});
        becomes(StateValue.ALARM);
    }

    @Test
    void evaluateNot() {
        alarms.putComposite(all, "ALARM(\"%s\") AND NOT ALARM(\"%s\")".formatted(one, other), alarm -> {});
        alarms.setState(one, StateValue.ALARM);
        becomes(StateValue.ALARM);
        alarms.setState(other, StateValue.ALARM);
        becomes(StateValue.OK);
    }

    @Test
    void rejectRulesWithUnknownAlarms() {
        assertThatThrownBy(() ->
                        alarms.putComposite(all, "ALARM(\"%s\")".formatted(ConformanceTarget.unique()), alarm -> {}))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(400));
    }

    @Test
    void rejectMalformedRules() {
        assertThatThrownBy(() -> alarms.putComposite(all, "ALARM(\"%s\"".formatted(one), alarm -> {}))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(400));
    }

    private void becomes(StateValue state) {
        await().atMost(TestAlarms.PROPAGATION_TIMEOUT)
                .untilAsserted(() ->
                        assertThat(alarms.describeComposite(all).stateValue()).isEqualTo(state));
    }

    private String rule(String operator) {
        return "ALARM(\"%s\") %s ALARM(\"%s\")".formatted(one, operator, other);
    }
}
