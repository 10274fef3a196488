package io.reverser.cdk.observability;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** CloudWatch metrics and expressions over them. */
final class CloudWatchMetrics {

    private CloudWatchMetrics() {}

    /**
     * One metric.
     *
     * @param statistic the statistic, like {@code max}
     * @param minutes the period in minutes
     */
    static Metric metric(String namespace, String name, Map<String, String> dimensions, String statistic, int minutes) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(new TreeMap<>(dimensions))
                .statistic(statistic)
                .period(Duration.minutes(minutes))
                .build();
    }

    /**
     * Metric math.
     *
     * @param metrics the metrics, by the name that the expression uses for each
     * @param label the label in graphs
     * @param minutes the period in minutes
     */
    static MathExpression expression(String expression, Map<String, IMetric> metrics, String label, int minutes) {
        return MathExpression.Builder.create()
                .expression(expression)
                .usingMetrics(new TreeMap<>(metrics))
                .label(label)
                .period(Duration.minutes(minutes))
                .build();
    }
}
