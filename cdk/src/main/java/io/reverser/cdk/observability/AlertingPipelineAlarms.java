package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;

/** Alarms about the pipeline that posts alarms to Slack; they are sent by e-mail. */
final class AlertingPipelineAlarms {

    private AlertingPipelineAlarms() {}

    static List<AlarmDefinition> definitions(PhysicalNames names) {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "alarms-notifier-errors",
                        Severity.CRITICAL,
                        "Posting alarms to Slack fails",
                        CloudWatchMetrics.metric(
                                "AWS/Lambda",
                                "Errors",
                                Map.of("FunctionName", names.function("alarms-notifier")),
                                "sum",
                                5),
                        Threshold.atLeast(1, 2)),
                AlarmDefinition.onEventMetric(
                        "alarms-delayed",
                        Severity.CRITICAL,
                        "An alarm has waited 10 minutes or more to be posted to Slack",
                        CloudWatchMetrics.metric(
                                "AWS/SQS",
                                "ApproximateAgeOfOldestMessage",
                                Map.of("QueueName", names.alarmQueue()),
                                "max",
                                5),
                        Threshold.atLeast(600, 1)),
                AlarmDefinition.onEventMetric(
                        "alarms-undelivered",
                        Severity.CRITICAL,
                        "An alarm could not be posted to Slack",
                        CloudWatchMetrics.metric(
                                "AWS/SQS",
                                "ApproximateNumberOfMessagesVisible",
                                Map.of("QueueName", names.alarmDeadLetterQueue()),
                                "max",
                                5),
                        Threshold.atLeast(1, 1)));
    }
}
