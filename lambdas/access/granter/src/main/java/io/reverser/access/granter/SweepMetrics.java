package io.reverser.access.granter;

import io.reverser.access.granter.AccessSweeper.Finding;
import io.reverser.runtime.EmbeddedMetrics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Publishes what a sweep found as CloudWatch metrics. */
final class SweepMetrics {

    private static final EmbeddedMetrics METRICS = new EmbeddedMetrics("ClusterAccess", Map.of());

    private SweepMetrics() {}

    static void emit(List<Finding> findings, Instant now) {
        METRICS.emit(
                Arrays.stream(Finding.values())
                        .collect(Collectors.toMap(
                                SweepMetrics::metricName, finding -> Collections.frequency(findings, finding))),
                now);
    }

    private static String metricName(Finding finding) {
        return switch (finding) {
            case OK -> "EntriesChecked";
            case OVERDUE -> "OverdueGrants";
            case TAMPERED -> "TamperedEntries";
            case CHECK_FAILED -> "CheckFailures";
        };
    }
}
