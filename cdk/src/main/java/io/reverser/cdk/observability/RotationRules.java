package io.reverser.cdk.observability;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * What changes the database password. It looks every minute and measures itself. Errors of its function say little: it refuses
 * Secrets Manager with one outside a window, as it has to; of what is called every minute only failed looks are dropped.
 *
 * @param promise how old the password may get
 */
record RotationRules(String environment, Duration promise) {

    private static final double HOURS_OF_A_DAY = 24;
    private static final software.amazon.awscdk.Duration PERIOD = software.amazon.awscdk.Duration.minutes(5);

    List<Rule> all() {
        return List.of(
                Rule.whenItHappens(
                        "rotation-errors",
                        Severity.WARNING,
                        "The database password cannot be looked after",
                        metric(
                                "AWS/Lambda",
                                "AsyncEventsDropped",
                                Map.of("FunctionName", environment + "-rotation"),
                                "sum"),
                        Limit.atLeast(1, 3)),
                Rule.of(
                        "rotation-silent",
                        Severity.WARNING,
                        "Nobody has looked after the database password for 15 minutes",
                        measured("Looks", "sum"),
                        Limit.atMost(0, 3)),
                Rule.whenItHappens(
                        "rotation-overdue",
                        Severity.WARNING,
                        "The database password is older than it may be",
                        measured("AgeDays", "max"),
                        Limit.moreThan(promise.toHours() / HOURS_OF_A_DAY, 1)),
                Rule.whenItHappens(
                        "rotation-stuck",
                        Severity.CRITICAL,
                        "A change of the database password does not go on by itself",
                        measured("Stuck", "max"),
                        Limit.atLeast(1, 1)),
                Rule.whenItHappens(
                        "rotation-failed",
                        Severity.WARNING,
                        "A change of the database password failed or was taken back",
                        MathExpression.Builder.create()
                                .expression("FILL(failed, 0) + FILL(back, 0)")
                                .usingMetrics(new TreeMap<>(Map.of(
                                        "failed", measured("Failed", "sum"), "back", measured("RolledBack", "sum"))))
                                .label("failed or rolled back")
                                .period(PERIOD)
                                .build(),
                        Limit.atLeast(1, 1)));
    }

    private IMetric measured(String name, String statistic) {
        return metric("Rotation", name, Map.of("Environment", environment), statistic);
    }

    private static IMetric metric(String namespace, String name, Map<String, String> dimensions, String statistic) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(PERIOD)
                .build();
    }
}
