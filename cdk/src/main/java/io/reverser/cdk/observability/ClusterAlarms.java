package io.reverser.cdk.observability;

import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;

/** Alarms about the cluster and the reverser. */
final class ClusterAlarms {

    private ClusterAlarms() {}

    static List<AlarmDefinition> definitions(ContainerMetrics metrics) {
        return List.of(
                AlarmDefinition.onContinuousMetric(
                        "cluster-failed-nodes",
                        Severity.CRITICAL,
                        "A cluster node has failed",
                        metrics.clusterMetric("cluster_failed_node_count", "max", 1),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onContinuousMetric(
                        "cluster-node-cpu",
                        Severity.WARNING,
                        "Average node CPU is 90 % or more",
                        metrics.clusterMetric("node_cpu_utilization", "avg", 5),
                        Threshold.atLeast(90, 3)),
                AlarmDefinition.onContinuousMetric(
                        "cluster-node-memory",
                        Severity.WARNING,
                        "Average node memory is 90 % or more",
                        metrics.clusterMetric("node_memory_utilization", "avg", 5),
                        Threshold.atLeast(90, 3)),
                AlarmDefinition.onContinuousMetric(
                        "cluster-node-disk",
                        Severity.CRITICAL,
                        "Node disk usage is 90 % or more",
                        metrics.clusterMetric("node_filesystem_utilization", "max", 5),
                        Threshold.atLeast(90, 1)),
                AlarmDefinition.onContinuousMetric(
                        "reverser-no-pods",
                        Severity.CRITICAL,
                        "No reverser pod is running",
                        // The CloudWatch agent publishes no data for a Service without pods; FILL replaces the missing
                        // data with 0.
                        CloudWatchMetrics.expression(
                                "FILL(pods, 0)",
                                Map.of("pods", metrics.reverserMetric("service_number_of_running_pods", "max", 1)),
                                "running pods",
                                1),
                        Threshold.atMost(0, 3)),
                AlarmDefinition.onContinuousMetric(
                        "reverser-memory",
                        Severity.WARNING,
                        "Reverser memory is 80 % or more of its limit",
                        metrics.reverserMetric("pod_memory_utilization_over_pod_limit", "avg", 5),
                        Threshold.atLeast(80, 3)),
                AlarmDefinition.onContinuousMetric(
                        "reverser-cpu",
                        Severity.WARNING,
                        "Reverser CPU is 80 % or more of its limit",
                        metrics.reverserMetric("pod_cpu_utilization_over_pod_limit", "avg", 5),
                        Threshold.atLeast(80, 3)));
    }
}
