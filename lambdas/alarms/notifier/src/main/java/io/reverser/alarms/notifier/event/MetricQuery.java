package io.reverser.alarms.notifier.event;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of what an alarm looks at: a metric, or an expression over others.
 *
 * @param metric empty for an expression
 * @param expression empty for a metric
 * @param statistic like {@code Sum} or {@code p90}; empty for an expression
 * @param returnData whether it is the one that is compared, and not only a part of it
 */
public record MetricQuery(
        String id,
        Optional<String> label,
        Optional<Metric> metric,
        Optional<String> expression,
        String statistic,
        Duration period,
        boolean returnData) {

    /** What people call it. */
    public String title() {
        return label.or(() -> metric.map(Metric::name)).or(() -> expression).orElse(id);
    }
}
