package io.reverser.alarms.notifier.graph;

import io.reverser.alarms.notifier.event.AlarmCondition;
import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmKind.MetricBased;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.event.Metric;
import io.reverser.alarms.notifier.event.MetricQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** Converts an alarm of a DescribeAlarms response, as if it had just fired. */
final class DescribedAlarm {

    private DescribedAlarm() {}

    static StateChange toStateChange(AlarmId id, MetricAlarm alarm, Instant at) {
        List<MetricQuery> queries = alarm.hasMetrics()
                ? alarm.metrics().stream().map(DescribedAlarm::query).toList()
                : List.of(singleMetricQuery(alarm));
        return new StateChange(
                id,
                AlarmState.ALARM,
                Optional.empty(),
                at,
                "",
                Optional.ofNullable(alarm.alarmDescription()),
                Map.of(),
                new MetricBased(queries),
                Optional.of(new AlarmCondition(
                        Objects.requireNonNullElse(alarm.comparisonOperatorAsString(), ""),
                        Optional.ofNullable(alarm.threshold()),
                        Optional.ofNullable(alarm.thresholdMetricId()),
                        Objects.requireNonNullElse(alarm.evaluationPeriods(), 1),
                        Objects.requireNonNullElse(alarm.datapointsToAlarm(), 1),
                        Optional.ofNullable(alarm.treatMissingData()))),
                Optional.empty());
    }

    private static MetricQuery singleMetricQuery(MetricAlarm alarm) {
        return new MetricQuery(
                "",
                Optional.empty(),
                Optional.of(metric(alarm.namespace(), alarm.metricName(), alarm.dimensions())),
                Optional.empty(),
                Objects.requireNonNullElse(
                        alarm.statisticAsString(), Objects.requireNonNullElse(alarm.extendedStatistic(), "")),
                period(alarm.period()),
                true);
    }

    private static MetricQuery query(MetricDataQuery query) {
        var stat = query.metricStat();
        return new MetricQuery(
                query.id(),
                Optional.ofNullable(query.label()),
                Optional.ofNullable(stat)
                        .map(found -> metric(
                                found.metric().namespace(),
                                found.metric().metricName(),
                                found.metric().dimensions())),
                Optional.ofNullable(query.expression()),
                stat == null ? "" : stat.stat(),
                period(stat == null ? query.period() : stat.period()),
                !Boolean.FALSE.equals(query.returnData()));
    }

    private static Metric metric(String namespace, String name, List<Dimension> dimensions) {
        return new Metric(
                namespace, name, dimensions.stream().collect(Collectors.toMap(Dimension::name, Dimension::value)));
    }

    private static Duration period(@Nullable Integer seconds) {
        return Duration.ofSeconds(Objects.requireNonNullElse(seconds, 0));
    }
}
