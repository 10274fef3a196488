package io.reverser.rotation;

import io.reverser.rotation.plan.RotationPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Alarms in CloudWatch that ring now, of those that have to be quiet. */
record RingingAlarms(CloudWatchClient cloudWatch, RotationPlan plan) {

    /** What is to be said about them; nothing when all are quiet. */
    Optional<String> noise() {
        return Optional.of(names()).filter(names -> !names.isEmpty()).map(Wording::ringing);
    }

    /** Their names. */
    private List<String> names() {
        if (plan.quietAlarms().isEmpty()) {
            return List.of();
        }
        return cloudWatch
                .describeAlarmsPaginator(request -> request.stateValue(StateValue.ALARM)
                        .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
                .stream()
                .flatMap(page -> Stream.concat(
                        page.metricAlarms().stream().map(MetricAlarm::alarmName),
                        page.compositeAlarms().stream().map(CompositeAlarm::alarmName)))
                .filter(plan::mustBeQuiet)
                .sorted()
                .toList();
    }
}
