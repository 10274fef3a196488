package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.IMetric;

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
                        CloudWatchMetrics.expression(
                                "command + granter",
                                Map.of(
                                        "command", functionMetric(COMMAND, "Throttles"),
                                        "granter", functionMetric(GRANTER, "Throttles")),
                                "throttles",
                                5),
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
                        CloudWatchMetrics.metric("AWS/ApiGateway", "5xx", Map.of("ApiId", slackApiId), "sum", 5),
                        Threshold.atLeast(1, 2)));
    }

    private IMetric functionMetric(String name, String metric) {
        return CloudWatchMetrics.metric("AWS/Lambda", metric, Map.of("FunctionName", names.function(name)), "sum", 5);
    }

    private static IMetric sweepMetric(String metric) {
        return CloudWatchMetrics.metric("ClusterAccess", metric, Map.of(), "max", 5);
    }

    private IMetric deadLetterCount() {
        return CloudWatchMetrics.metric(
                "AWS/SQS", "ApproximateNumberOfMessagesVisible", Map.of("QueueName", deadLetterQueueName), "max", 5);
    }
}
