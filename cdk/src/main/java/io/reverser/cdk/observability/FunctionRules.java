package io.reverser.cdk.observability;

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
 * @param undeliveredQueue name of the queue of what could not be delivered
 * @param api id of the API that Slack calls
 */
record FunctionRules(String environment, String undeliveredQueue, String api) {

    private static final String COMMAND = "access-command";
    private static final String CHANGE = "access-change";

    List<Rule> all() {
        return List.of(
                Rule.whenItHappens(
                        "access-command-errors",
                        Severity.CRITICAL,
                        "Requests for cluster access fail",
                        function(COMMAND, "Errors"),
                        Limit.atLeast(1, 1)),
                Rule.whenItHappens(
                        "access-change-errors",
                        Severity.CRITICAL,
                        "Cluster access cannot be given or ended",
                        function(CHANGE, "Errors"),
                        Limit.atLeast(1, 2)),
                Rule.whenItHappens(
                        "access-throttled",
                        Severity.WARNING,
                        "The functions of cluster access are called more often than the account allows",
                        MathExpression.Builder.create()
                                .expression("command + change")
                                .usingMetrics(new TreeMap<>(Map.of(
                                        "command", function(COMMAND, "Throttles"),
                                        "change", function(CHANGE, "Throttles"))))
                                .label("throttles")
                                .period(Duration.minutes(5))
                                .build(),
                        Limit.atLeast(1, 1)),
                Rule.of(
                        "access-sweeper-silent",
                        Severity.CRITICAL,
                        "Nobody has looked after cluster access for 15 minutes",
                        function(CHANGE, "Invocations"),
                        Limit.atMost(0, 3)),
                Rule.whenItHappens(
                        "access-overdue",
                        Severity.CRITICAL,
                        "Cluster access has lasted longer than it was given for",
                        found("OverdueGrants"),
                        Limit.atLeast(1, 1)),
                Rule.whenItHappens(
                        "access-altered",
                        Severity.CRITICAL,
                        "Somebody has altered an access entry",
                        found("AlteredEntries"),
                        Limit.atLeast(1, 1)),
                Rule.whenItHappens(
                        "access-unattended",
                        Severity.CRITICAL,
                        "Cluster access cannot be looked after",
                        found("FailedLooks"),
                        Limit.atLeast(1, 3)),
                Rule.whenItHappens(
                        "access-undelivered",
                        Severity.CRITICAL,
                        "A decision about cluster access could not be carried out",
                        waiting(),
                        Limit.atLeast(1, 1)),
                Rule.whenItHappens(
                        "slack-address-errors",
                        Severity.WARNING,
                        "Slack's requests are answered with errors",
                        metric("AWS/ApiGateway", "5xx", Map.of("ApiId", api), "sum"),
                        Limit.atLeast(1, 2)));
    }

    private IMetric function(String name, String metric) {
        return metric("AWS/Lambda", metric, Map.of("FunctionName", environment + "-" + name), "sum");
    }

    private static IMetric found(String metric) {
        return metric("ClusterAccess", metric, Map.of(), "max");
    }

    private IMetric waiting() {
        return metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", Map.of("QueueName", undeliveredQueue), "max");
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
