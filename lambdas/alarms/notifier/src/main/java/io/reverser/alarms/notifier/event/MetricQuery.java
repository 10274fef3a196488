package io.reverser.alarms.notifier.event;

import java.time.Duration;
import java.util.Optional;

/**
 * A query of an alarm: a metric, or an expression over other queries.
 *
 * @param metric the queried metric; empty for an expression
 * @param expression the expression over other queries; empty for a metric
 * @param statistic the metric's statistic, like {@code Sum} or {@code p90}; empty for an expression
 * @param returnData whether the query's result is compared with the threshold; otherwise, the result is only an operand
 *     of an expression
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
