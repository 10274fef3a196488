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
 * @param maxAge how old the password may get
 */
record RotationAlarms(String environment, Duration maxAge) {

    private static final double HOURS_PER_DAY = 24;
    private static final software.amazon.awscdk.Duration PERIOD = software.amazon.awscdk.Duration.minutes(5);

    List<AlarmDefinition> definitions() {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "rotation-errors",
                        Severity.WARNING,
                        "The database password cannot be looked after",
                        metric(
                                "AWS/Lambda",
                                "AsyncEventsDropped",
                                Map.of("FunctionName", environment + "-rotation"),
                                "sum"),
                        AlarmThreshold.atLeast(1, 3)),
                AlarmDefinition.onContinuousMetric(
                        "rotation-silent",
                        Severity.WARNING,
                        "Nobody has looked after the database password for 15 minutes",
                        rotationMetric("Reconciliations", "sum"),
                        AlarmThreshold.atMost(0, 3)),
                AlarmDefinition.onEventMetric(
                        "rotation-overdue",
                        Severity.WARNING,
                        "The database password is older than it may be",
                        rotationMetric("AgeDays", "max"),
                        AlarmThreshold.greaterThan(maxAge.toHours() / HOURS_PER_DAY, 1)),
                AlarmDefinition.onEventMetric(
                        "rotation-stuck",
                        Severity.CRITICAL,
                        "A change of the database password does not go on by itself",
                        rotationMetric("RotationStuck", "max"),
                        AlarmThreshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "rotation-failed",
                        Severity.WARNING,
                        "A change of the database password failed or was taken back",
                        MathExpression.Builder.create()
                                .expression("FILL(failed, 0) + FILL(back, 0)")
                                .usingMetrics(new TreeMap<>(Map.of(
                                        "failed",
                                        rotationMetric("Failed", "sum"),
                                        "back",
                                        rotationMetric("RolledBack", "sum"))))
                                .label("failed or rolled back")
                                .period(PERIOD)
                                .build(),
                        AlarmThreshold.atLeast(1, 1)));
    }

    private IMetric rotationMetric(String name, String statistic) {
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
