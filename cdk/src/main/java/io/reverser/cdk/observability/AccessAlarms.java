package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** Alarms about the functions of cluster access. The metrics have data only when a function is invoked, so missing data
 * is no problem, except for <em>granter</em>, which a schedule invokes every five minutes.
 *
 * @param deadLetterQueueName name of the dead-letter queue
 * @param slackApiId id of the HTTP API for Slack
 */
record AccessAlarms(PhysicalNames names, String deadLetterQueueName, String slackApiId) {

    private static final String COMMAND = "access-command";
    private static final String GRANTER = "access-granter";

    List<AlarmDefinition> definitions() {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "access-command-errors",
                        Severity.CRITICAL,
                        "Cluster access requests fail",
                        functionMetric(COMMAND, "Errors"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "access-granter-errors",
                        Severity.CRITICAL,
                        "Granting or revoking cluster access fails",
                        functionMetric(GRANTER, "Errors"),
                        Threshold.atLeast(1, 2)),
                AlarmDefinition.onEventMetric(
                        "access-throttled",
                        Severity.WARNING,
                        "Lambda throttles the cluster access functions",
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
                        "The cluster access sweep has not run for 15 minutes",
                        functionMetric(GRANTER, "Invocations"),
                        Threshold.atMost(0, 3)),
                AlarmDefinition.onEventMetric(
                        "access-overdue",
                        Severity.CRITICAL,
                        "Cluster access is still active after it expired",
                        sweepMetric("OverdueGrants"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "access-entry-tampered",
                        Severity.CRITICAL,
                        "An access entry was changed outside the platform",
                        sweepMetric("TamperedEntries"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "access-sweep-failing",
                        Severity.CRITICAL,
                        "The cluster access sweep fails",
                        sweepMetric("CheckFailures"),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onEventMetric(
                        "access-undelivered",
                        Severity.CRITICAL,
                        "A cluster access event is in the dead-letter queue",
                        deadLetterCount(),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "slack-api-5xx",
                        Severity.WARNING,
                        "Slack requests are answered with 5xx errors",
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
