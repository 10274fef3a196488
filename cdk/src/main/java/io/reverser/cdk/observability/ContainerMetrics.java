package io.reverser.cdk.observability;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** Metrics of Container Insights.
 *
 * @param cluster name of the cluster
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html">
 *     AWS's list of these metrics</a>
 */
record ContainerMetrics(String cluster) {

    private static final String NAMESPACE = "ContainerInsights";

    Metric clusterMetric(String name, String statistic, int minutes) {
        return metric(name, Map.of(), statistic, minutes);
    }

    /** A metric of the reverser's Service, aggregated over all its pods. */
    Metric reverserMetric(String name, String statistic, int minutes) {
        return metric(name, Map.of("Namespace", "reverser", "Service", "reverser"), statistic, minutes);
    }

    /** A search expression, which draws one line for each existing node, namespace or service in a graph. */
    MathExpression search(String name, String dimensions, String statistic, int minutes) {
        return CloudWatchMetrics.expression(
                "SEARCH('{%s,ClusterName,%s} MetricName=\"%s\" ClusterName=\"%s\"', '%s', %d)"
                        .formatted(NAMESPACE, dimensions, name, cluster, statistic, minutes * 60),
                Map.of(),
                "",
                minutes);
    }

    private Metric metric(String name, Map<String, String> extraDimensions, String statistic, int minutes) {
        var dimensions = new TreeMap<>(extraDimensions);
        dimensions.put("ClusterName", cluster);
        return CloudWatchMetrics.metric(NAMESPACE, name, dimensions, statistic, minutes);
    }
}
