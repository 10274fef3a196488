package io.reverser.cdk.observability;

import io.reverser.cdk.observability.AlarmDefinition.Severity;
import io.reverser.cdk.observability.AlarmDefinition.Threshold;
import java.util.List;
import java.util.Map;

/** The cluster and the reverser in it. */
final class ClusterAlarms {

    private ClusterAlarms() {}

    static List<AlarmDefinition> definitions(ContainerMetrics metrics) {
        return List.of(
                AlarmDefinition.onContinuousMetric(
                        "cluster-failed-nodes",
                        Severity.CRITICAL,
                        "A node has failed",
                        metrics.clusterMetric("cluster_failed_node_count", "max", 1),
                        Threshold.atLeast(1, 3)),
                AlarmDefinition.onContinuousMetric(
                        "cluster-node-cpu",
                        Severity.WARNING,
                        "The nodes' CPUs are used to 90 %",
                        metrics.clusterMetric("node_cpu_utilization", "avg", 5),
                        Threshold.atLeast(90, 3)),
                AlarmDefinition.onContinuousMetric(
                        "cluster-node-memory",
                        Severity.WARNING,
                        "The nodes' memory is used to 90 %",
                        metrics.clusterMetric("node_memory_utilization", "avg", 5),
                        Threshold.atLeast(90, 3)),
                AlarmDefinition.onContinuousMetric(
                        "cluster-node-disk",
                        Severity.CRITICAL,
                        "A node's disk is used to 90 %",
                        metrics.clusterMetric("node_filesystem_utilization", "max", 5),
                        Threshold.atLeast(90, 1)),
                AlarmDefinition.onContinuousMetric(
                        "reverser-no-pods",
                        Severity.CRITICAL,
                        "No pod of the reverser runs",
                        // Of a Service without pods the agent says nothing at all.
                        CloudWatchMetrics.expression(
                                "FILL(pods, 0)",
                                Map.of("pods", metrics.reverserMetric("service_number_of_running_pods", "max", 1)),
                                "running pods",
                                1),
                        Threshold.atMost(0, 3)),
                AlarmDefinition.onContinuousMetric(
                        "reverser-memory",
                        Severity.WARNING,
                        "The reverser's pods use 80 % of the memory that they may",
                        metrics.reverserMetric("pod_memory_utilization_over_pod_limit", "avg", 5),
                        Threshold.atLeast(80, 3)),
                AlarmDefinition.onContinuousMetric(
                        "reverser-cpu",
                        Severity.WARNING,
                        "The reverser's pods use 80 % of the CPU that they may",
                        metrics.reverserMetric("pod_cpu_utilization_over_pod_limit", "avg", 5),
                        Threshold.atLeast(80, 3)));
    }
}
