package io.reverser.cdk.observability;

import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;

/** Alarms about the database. */
final class DatabaseAlarms {

    private static final double MEGABYTE = 1_000_000;
    private static final double GIGABYTE = 1_000_000_000;

    private DatabaseAlarms() {}

    static List<AlarmDefinition> definitions(DatabaseMetrics metrics) {
        return List.of(
                AlarmDefinition.onContinuousMetric(
                        "database-cpu",
                        Severity.WARNING,
                        "Database CPU is 90 % or more",
                        metrics.metric("CPUUtilization", "max", 5),
                        Threshold.atLeast(90, 3)),
                AlarmDefinition.onContinuousMetric(
                        "database-memory",
                        Severity.CRITICAL,
                        "Database free memory is 500 MB or less",
                        metrics.metric("FreeableMemory", "min", 5),
                        Threshold.atMost(500 * MEGABYTE, 1)),
                AlarmDefinition.onContinuousMetric(
                        "database-read-latency",
                        Severity.CRITICAL,
                        "Database read latency is 1 s or more",
                        metrics.metric("ReadLatency", "max", 1),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onContinuousMetric(
                        "database-write-latency",
                        Severity.CRITICAL,
                        "Database write latency is 1 s or more",
                        metrics.metric("WriteLatency", "max", 1),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onContinuousMetric(
                        "database-disk-queue",
                        Severity.WARNING,
                        "Database disk queue depth is 200 or more",
                        metrics.metric("DiskQueueDepth", "avg", 5),
                        Threshold.atLeast(200, 1)),
                AlarmDefinition.onContinuousMetric(
                        "database-load",
                        Severity.WARNING,
                        "Database load is 5 active sessions or more",
                        metrics.metric("DBLoad", "avg", 5),
                        Threshold.atLeast(5, 3)),
                AlarmDefinition.onContinuousMetric(
                        "database-local-storage",
                        Severity.CRITICAL,
                        "Database free local storage is 10 GB or less",
                        metrics.metric("FreeLocalStorage", "min", 5),
                        Threshold.atMost(10 * GIGABYTE, 1)),
                AlarmDefinition.onContinuousMetric(
                        "database-capacity",
                        Severity.WARNING,
                        "Database capacity is 90 % or more of its configured maximum",
                        metrics.metric("ACUUtilization", "avg", 5),
                        Threshold.atLeast(90, 3)));
    }
}
