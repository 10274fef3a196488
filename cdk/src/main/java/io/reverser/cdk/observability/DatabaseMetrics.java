package io.reverser.cdk.observability;

import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** Metrics of the Aurora cluster.
 *
 * @param cluster identifier of the cluster
 */
record DatabaseMetrics(String cluster) {

    Metric metric(String name, String statistic, int minutes) {
        return CloudWatchMetrics.metric("AWS/RDS", name, Map.of("DBClusterIdentifier", cluster), statistic, minutes);
    }
}
