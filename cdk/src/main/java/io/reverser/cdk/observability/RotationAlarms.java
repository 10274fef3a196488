package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** Alarms about the password rotation. The metric {@code Errors} of the rotation function is unsuitable: outside
 * maintenance windows, the function has to reject calls by Secrets Manager with an error. The metric {@code
 * AsyncEventsDropped} counts only failed invocations by the schedule.
 */
record RotationAlarms(Settings settings) {

    private static final double HOURS_PER_DAY = 24;

    List<AlarmDefinition> definitions() {
        return List.of(
                AlarmDefinition.onEventMetric(
                        "rotation-errors",
                        Severity.WARNING,
                        "The password rotation function fails",
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
                        "The password rotation function has not run for 15 minutes",
                        rotationMetric("Reconciliations", "sum"),
                        Threshold.atMost(0, 3)),
                AlarmDefinition.onEventMetric(
                        "rotation-overdue",
                        Severity.WARNING,
                        "The database password is older than its maximum age",
                        rotationMetric("AgeDays", "max"),
                        Threshold.greaterThan(settings.rotation().maxAge().toHours() / HOURS_PER_DAY, 1)),
                AlarmDefinition.onEventMetric(
                        "rotation-stuck",
                        Severity.CRITICAL,
                        "A database password rotation is stuck",
                        rotationMetric("RotationStuck", "max"),
                        Threshold.atLeast(1, 1)),
                AlarmDefinition.onEventMetric(
                        "rotation-failed",
                        Severity.WARNING,
                        "A database password rotation failed or was rolled back",
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
