package io.reverser.alarms.notifier.event;

import java.time.Duration;
import java.util.Optional;

/**
 * A query of an alarm: a metric, or an expression over other queries.
 *
 * @param metric empty for an expression
 * @param expression empty for a metric
 * @param statistic like {@code Sum} or {@code p90}; empty for an expression
 * @param returnData whether its result is compared with the threshold; otherwise it is only an operand
 */
public record MetricQuery(
        String id,
        Optional<String> label,
        Optional<Metric> metric,
        Optional<String> expression,
        String statistic,
        Duration period,
        boolean returnData) {

    /** The query's name in Slack messages. */
    public String title() {
        return label.or(() -> metric.map(Metric::name)).or(() -> expression).orElse(id);
    }
}
