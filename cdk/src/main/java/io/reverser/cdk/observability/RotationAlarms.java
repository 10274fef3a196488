package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * What changes the database password. It looks every minute and measures itself. Errors of its function say little: it refuses
 * Secrets Manager with one outside a window, as it has to; of what is called every minute only failed looks are dropped.
 */
record RotationAlarms(Settings settings) {

    private static final double HOURS_PER_DAY = 24;
    private static final Duration PERIOD = Duration.minutes(5);

    List<AlarmDefinition> definitions() {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "rotation-errors",
                        Severity.WARNING,
                        "The rotation's function fails",
                        metric(
                                "AWS/Lambda",
                                "AsyncEventsDropped",
                                Map.of("FunctionName", new PhysicalNames(settings).function("rotation-rotator")),
                                "sum"),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onContinuousMetric(
                        "rotation-not-running",
                        Severity.WARNING,
                        "The rotation has not run for 15 minutes",
                        rotationMetric("Reconciliations", "sum"),
                        Threshold.atMost(0, 3)),
                AlarmDefinition.onEventMetric(
                        "rotation-overdue",
                        Severity.WARNING,
                        "The database password is older than it may be",
                        rotationMetric("AgeDays", "max"),
                        Threshold.greaterThan(settings.rotation().maxAge().toHours() / HOURS_PER_DAY, 1)),
                AlarmDefinition.onEventMetric(
                        "rotation-stuck",
                        Severity.CRITICAL,
                        "A change of the database password does not go on by itself",
                        rotationMetric("RotationStuck", "max"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "rotation-failed",
                        Severity.WARNING,
                        "A change of the database password failed or was taken back",
                        MathExpression.Builder.create()
                                .expression("FILL(failed, 0) + FILL(rolledBack, 0)")
                                .usingMetrics(new TreeMap<>(Map.of(
                                        "failed",
                                        rotationMetric("Failed", "sum"),
                                        "rolledBack",
                                        rotationMetric("RolledBack", "sum"))))
                                .label("failed or rolled back")
                                .period(PERIOD)
                                .build(),
                        Threshold.atLeast(1, 1)));
    }

    private IMetric rotationMetric(String name, String statistic) {
        return metric("Rotation", name, Map.of("Environment", settings.name()), statistic);
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
