package io.reverser.cdk.observability;

import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;

/** The database. */
final class DatabaseAlarms {

    private static final double MEGABYTE = 1_000_000;
    private static final double GIGABYTE = 1_000_000_000;

    private DatabaseAlarms() {}

    static List<AlarmDefinition> definitions(DatabaseMetrics metrics) {
        return List.of(
                AlarmDefinition.onContinuousMetric(
                        "database-cpu",
                        Severity.WARNING,
                        "The database's CPU is used to 90 %",
                        metrics.metric("CPUUtilization", "max", 5),
                        Threshold.atLeast(90, 3)),
                AlarmDefinition.onContinuousMetric(
                        "database-memory",
                        Severity.CRITICAL,
                        "The database has less than 500 MB of memory left",
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
                        "200 requests wait for the database's disk",
                        metrics.metric("DiskQueueDepth", "avg", 5),
                        Threshold.atLeast(200, 1)),
                AlarmDefinition.onContinuousMetric(
                        "database-load",
                        Severity.WARNING,
                        "Five sessions are busy in the database at once",
                        metrics.metric("DBLoad", "avg", 5),
                        Threshold.atLeast(5, 3)),
                AlarmDefinition.onContinuousMetric(
                        "database-local-storage",
                        Severity.CRITICAL,
                        "The database has less than 10 GB for temporary tables left",
                        metrics.metric("FreeLocalStorage", "min", 5),
                        Threshold.atMost(10 * GIGABYTE, 1)),
                AlarmDefinition.onContinuousMetric(
                        "database-capacity",
                        Severity.WARNING,
                        "The database has grown to 90 % of what the settings let it grow to",
                        metrics.metric("ACUUtilization", "avg", 5),
                        Threshold.atLeast(90, 3)));
    }
}
