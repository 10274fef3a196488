package io.reverser.cdk.observability;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.HorizontalAnnotation;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.SingleValueWidget;
import software.constructs.Construct;

/** The dashboard: all alarms, then nodes, pods, the reverser and the database. */
final class PlatformDashboard extends Construct {

    private static final int WIDTH = 6;

    PlatformDashboard(
            Construct scope,
            Settings settings,
            ContainerMetrics containers,
            DatabaseMetrics database,
            List<Alarm> alarms) {
        super(scope, "Dashboard");
        var dashboard = Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(new PhysicalNames(settings).dashboard())
                .build();
        dashboard.addWidgets(AlarmStatusWidget.Builder.create()
                .title("Alarms")
                .width(4 * WIDTH)
                .height(4)
                .alarms(alarms)
                .build());
        dashboard.addWidgets(
                graph("Failed nodes", containers.clusterMetric("cluster_failed_node_count", "max", 1)),
                SingleValueWidget.Builder.create()
                        .title("Nodes")
                        .width(WIDTH)
                        .height(WIDTH)
                        .sparkline(true)
                        .metrics(List.of(containers.clusterMetric("cluster_node_count", "avg", 1)))
                        .build(),
                graph(
                        "Pods per namespace",
                        containers.search("namespace_number_of_running_pods", "Namespace", "Average", 1)),
                graph(
                        "Pods per node",
                        containers.search("node_number_of_running_pods", "InstanceId,NodeName", "Average", 1)));
        dashboard.addWidgets(
                percentGraph(
                        "CPU per node, %",
                        containers.search("node_cpu_utilization", "InstanceId,NodeName", "Average", 1), 90),
                percentGraph(
                        "Memory per node, %",
                        containers.search("node_memory_utilization", "InstanceId,NodeName", "Average", 1), 90),
                percentGraph(
                        "Disk per node, %",
                        containers.search("node_filesystem_utilization", "InstanceId,NodeName", "Maximum", 5), 90),
                graph(
                        "Container restarts",
                        containers.search("pod_number_of_container_restarts", "Namespace,PodName", "Sum", 5)));
        dashboard.addWidgets(
                graph(
                        "Pods per service",
                        containers.search("service_number_of_running_pods", "Namespace,Service", "Maximum", 1)),
                graph("Reverser: pods", containers.reverserMetric("service_number_of_running_pods", "max", 1)),
                percentGraph(
                        "Reverser: CPU, % of limit",
                        containers.reverserMetric("pod_cpu_utilization_over_pod_limit", "avg", 1), 80),
                percentGraph(
                        "Reverser: memory, % of limit",
                        containers.reverserMetric("pod_memory_utilization_over_pod_limit", "avg", 1), 80));
        dashboard.addWidgets(
                percentGraph("Database: CPU, %", database.metric("CPUUtilization", "max", 1), 90),
                percentGraph("Database: capacity, % of maximum", database.metric("ACUUtilization", "avg", 1), 90),
                graph("Database: active sessions", database.metric("DBLoad", "avg", 1)),
                graph("Database: connections", database.metric("DatabaseConnections", "sum", 1)));
        dashboard.addWidgets(
                graph(
                        "Database: latency, s",
                        database.metric("ReadLatency", "max", 1),
                        database.metric("WriteLatency", "max", 1)),
                graph("Database: commits per second", database.metric("CommitThroughput", "avg", 1)),
                graph("Database: deadlocks per second", database.metric("Deadlocks", "avg", 1)),
                graph("Database: free memory, bytes", database.metric("FreeableMemory", "min", 1)));
    }

    private static IWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .width(WIDTH)
                .height(WIDTH)
                .left(List.of(metrics))
                .build();
    }

    /** A graph with a line at the alarm's threshold. */
    private static IWidget percentGraph(String title, IMetric metric, int threshold) {
        return GraphWidget.Builder.create()
                .title(title)
                .width(WIDTH)
                .height(WIDTH)
                .left(List.of(metric))
                .leftAnnotations(List.of(HorizontalAnnotation.builder()
                        .value(threshold)
                        .label("alarm threshold")
                        .color("#d13212")
                        .build()))
                .build();
    }
}
