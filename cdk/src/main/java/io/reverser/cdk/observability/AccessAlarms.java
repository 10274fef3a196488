package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * The functions of cluster access. They are measured only when they are called, so most of it is silent when all is well;
 * but the sweeper is called every five minutes.
 *
 * @param deadLetterQueueName name of the queue of what could not be delivered
 * @param slackApiId id of the API that Slack calls
 */
record AccessAlarms(PhysicalNames names, String deadLetterQueueName, String slackApiId) {

    private static final String COMMAND = "access-command";
    private static final String GRANTER = "access-granter";

    List<AlarmDefinition> definitions() {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "access-command-errors",
                        Severity.CRITICAL,
                        "Requests for cluster access fail",
                        functionMetric(COMMAND, "Errors"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "access-granter-errors",
                        Severity.CRITICAL,
                        "Cluster access cannot be given or ended",
                        functionMetric(GRANTER, "Errors"),
                        Threshold.atLeast(1, 2)),
                AlarmDefinition.onEventMetric(
                        "access-throttled",
                        Severity.WARNING,
                        "The functions of cluster access are called more often than the account allows",
                        MathExpression.Builder.create()
                                .expression("command + granter")
                                .usingMetrics(new TreeMap<>(Map.of(
                                        "command", functionMetric(COMMAND, "Throttles"),
                                        "granter", functionMetric(GRANTER, "Throttles"))))
                                .label("throttles")
                                .period(Duration.minutes(5))
                                .build(),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onContinuousMetric(
                        "access-sweep-not-running",
                        Severity.CRITICAL,
                        "Cluster access has not been swept for 15 minutes",
                        functionMetric(GRANTER, "Invocations"),
                        Threshold.atMost(0, 3)),
                AlarmDefinition.onEventMetric(
                        "access-overdue",
                        Severity.CRITICAL,
                        "Cluster access has lasted longer than it was given for",
                        sweepMetric("OverdueGrants"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "access-entry-tampered",
                        Severity.CRITICAL,
                        "An access entry was altered outside of the platform",
                        sweepMetric("TamperedEntries"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "access-sweep-failing",
                        Severity.CRITICAL,
                        "The sweep of cluster access fails",
                        sweepMetric("CheckFailures"),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onEventMetric(
                        "access-undelivered",
                        Severity.CRITICAL,
                        "A decision about cluster access could not be carried out",
                        deadLetterCount(),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "slack-api-5xx",
                        Severity.WARNING,
                        "Slack's requests are answered with errors",
                        metric("AWS/ApiGateway", "5xx", Map.of("ApiId", slackApiId), "sum"),
                        Threshold.atLeast(1, 2)));
    }

    private IMetric functionMetric(String name, String metric) {
        return metric("AWS/Lambda", metric, Map.of("FunctionName", names.function(name)), "sum");
    }

    private static IMetric sweepMetric(String metric) {
        return metric("ClusterAccess", metric, Map.of(), "max");
    }

    private IMetric deadLetterCount() {
        return metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", Map.of("QueueName", deadLetterQueueName), "max");
    }

    private static IMetric metric(String namespace, String name, Map<String, String> dimensions, String statistic) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(Duration.minutes(5))
                .build();
    }
}
