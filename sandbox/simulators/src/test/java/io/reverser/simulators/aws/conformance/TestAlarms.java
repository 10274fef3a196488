package io.reverser.simulators.aws.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Creates CloudWatch alarms on a metric without data, and deletes them after the test. */
final class TestAlarms implements AutoCloseable {

    /** The time limit for the state of a composite alarm to follow its children, and for a notification to arrive. */
    static final Duration PROPAGATION_TIMEOUT =
            ConformanceTarget.isRealAws() ? Duration.ofMinutes(1) : Duration.ofSeconds(30);

    final CloudWatchClient client = ConformanceTarget.client(CloudWatchClient.builder());
    final String name = ConformanceTarget.unique();
    private final List<String> created = new ArrayList<>();

    void put(Consumer<PutMetricAlarmRequest.Builder> more) {
        put(name, more);
    }

    void put(String alarm, Consumer<PutMetricAlarmRequest.Builder> more) {
        client.putMetricAlarm(request -> more.accept(request.alarmName(alarm)
                .namespace("Conformance")
                .metricName("Nothing")
                .dimensions(Dimension.builder().name("Cluster").value("dev").build())
                .statistic("Maximum")
                .period(60)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .comparisonOperator("GreaterThanThreshold")
                .threshold(1.5)
                .treatMissingData("ignore")));
        created.add(alarm);
    }

    /** Creates a composite alarm. It is deleted before its children, as AWS requires. */
    void putComposite(String alarm, String rule, Consumer<PutCompositeAlarmRequest.Builder> more) {
        client.putCompositeAlarm(request -> more.accept(request.alarmName(alarm).alarmRule(rule)));
        created.addFirst(alarm);
    }

    void setState(String alarm, StateValue state) {
        client.setAlarmState(
                request -> request.alarmName(alarm).stateValue(state).stateReason("Set by a test"));
    }

    MetricAlarm describe() {
        return client.describeAlarms(request -> request.alarmNames(name))
                .metricAlarms()
                .getFirst();
    }

    CompositeAlarm describeComposite(String alarm) {
        return client.describeAlarms(request -> request.alarmNames(alarm).alarmTypes(AlarmType.COMPOSITE_ALARM))
                .compositeAlarms()
                .getFirst();
    }

    /** Deletes the alarms one by one, because AWS cannot delete several composite alarms in one call. */
    @Override
    public void close() {
        created.stream()
                .filter(this::exists)
                .forEach(alarm -> client.deleteAlarms(request -> request.alarmNames(alarm)));
        client.close();
    }

    private boolean exists(String alarm) {
        DescribeAlarmsResponse response = client.describeAlarms(
                request -> request.alarmNames(alarm).alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
        return !response.metricAlarms().isEmpty() || !response.compositeAlarms().isEmpty();
    }
}
