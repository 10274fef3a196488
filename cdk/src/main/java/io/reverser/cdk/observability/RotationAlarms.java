package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/**
 * What changes the database password. It looks every minute and measures itself. Errors of its function say little: it refuses
 * Secrets Manager with one outside a window, as it has to; of what is called every minute only failed looks are dropped.
 */
record RotationAlarms(Settings settings) {

    private static final double HOURS_PER_DAY = 24;

    List<AlarmDefinition> definitions() {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "rotation-errors",
                        Severity.WARNING,
                        "The rotation's function fails",
                        CloudWatchMetrics.metric(
                                "AWS/Lambda",
                                "AsyncEventsDropped",
                                Map.of("FunctionName", new PhysicalNames(settings).function("rotation-rotator")),
                                "sum",
                                5),
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
                        CloudWatchMetrics.expression(
                                "FILL(failed, 0) + FILL(rolledBack, 0)",
                                Map.of(
                                        "failed", rotationMetric("Failed", "sum"),
                                        "rolledBack", rotationMetric("RolledBack", "sum")),
                                "failed or rolled back",
                                5),
                        Threshold.atLeast(1, 1)));
    }

    private IMetric rotationMetric(String name, String statistic) {
        return CloudWatchMetrics.metric("Rotation", name, Map.of("Environment", settings.name()), statistic, 5);
    }
}
