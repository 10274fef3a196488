package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** The way of alarms into Slack. What is the matter with it is told by mail. */
final class AlertingPipelineAlarms {

    private AlertingPipelineAlarms() {}

    static List<AlarmDefinition> definitions(PhysicalNames names) {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "alarms-notifier-errors",
                        Severity.CRITICAL,
                        "Alarms cannot be told in Slack",
                        metric("AWS/Lambda", "Errors", "FunctionName", names.function("alarms-notifier"), "sum"),
                        Threshold.atLeast(1, 2)),
                AlarmDefinition.onEventMetric(
                        "alarms-delayed",
                        Severity.CRITICAL,
                        "An alarm has waited for ten minutes to be told in Slack",
                        metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", names.alarmQueue(), "max"),
                        Threshold.atLeast(600, 1)),
                AlarmDefinition.onEventMetric(
                        "alarms-undelivered",
                        Severity.CRITICAL,
                        "An alarm could not be told in Slack",
                        metric(
                                "AWS/SQS",
                                "ApproximateNumberOfMessagesVisible",
                                "QueueName",
                                names.alarmDeadLetterQueue(),
                                "max"),
                        Threshold.atLeast(1, 1)));
    }

    private static IMetric metric(String namespace, String name, String dimension, String value, String statistic) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(Map.of(dimension, value))
                .statistic(statistic)
                .period(Duration.minutes(5))
                .build();
    }
}
