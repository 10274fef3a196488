package io.reverser.cdk.observability;

import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * What Aurora measures, of the whole cluster.
 *
 * @param cluster its identifier
 */
record DatabaseMetrics(String cluster) {

    Metric metric(String name, String statistic, int minutes) {
        return CloudWatchMetrics.metric("AWS/RDS", name, Map.of("DBClusterIdentifier", cluster), statistic, minutes);
    }
}
