package io.reverser.rotation.rotator.admission;

import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.text.RotationText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** CloudWatch alarms that prevent a rotation while they fire. */
public record BlockingAlarms(CloudWatchClient cloudWatch, RotationPlan plan) {

    /** The names of the blocking alarms that fire now, in words; empty when none fires. */
    public Optional<String> findBlockReason() {
        return Optional.of(listFiring()).filter(names -> !names.isEmpty()).map(RotationText::alarmsFiring);
    }

    private List<String> listFiring() {
        if (plan.blockingAlarms().isEmpty()) {
            return List.of();
        }
        return cloudWatch
                .describeAlarmsPaginator(request -> request.stateValue(StateValue.ALARM)
                        .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
                .stream()
                .flatMap(page -> Stream.concat(
                        page.metricAlarms().stream().map(MetricAlarm::alarmName),
                        page.compositeAlarms().stream().map(CompositeAlarm::alarmName)))
                .filter(plan::isBlockingAlarm)
                .sorted()
                .toList();
    }
}
