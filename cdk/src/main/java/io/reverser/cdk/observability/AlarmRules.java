package io.reverser.cdk.observability;

import io.reverser.cdk.functions.AlarmNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** The way of alarms into Slack. What is the matter with it is told by mail. */
final class AlarmRules {

    private AlarmRules() {}

    static List<Rule> of(String environment) {
        var names = new AlarmNames(environment);
        return List.of(
                Rule.whenItHappens(
                        "alarms-errors",
                        Severity.CRITICAL,
                        "Alarms cannot be told in Slack",
                        metric("AWS/Lambda", "Errors", "FunctionName", environment + "-alarms", "sum"),
                        Limit.atLeast(1, 2)),
                Rule.whenItHappens(
                        "alarms-late",
                        Severity.CRITICAL,
                        "An alarm has waited for ten minutes to be told in Slack",
                        metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", names.queue(), "max"),
                        Limit.atLeast(600, 1)),
                Rule.whenItHappens(
                        "alarms-undelivered",
                        Severity.CRITICAL,
                        "An alarm could not be told in Slack",
                        metric(
                                "AWS/SQS",
                                "ApproximateNumberOfMessagesVisible",
                                "QueueName",
                                names.undelivered(),
                                "max"),
                        Limit.atLeast(1, 1)));
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
