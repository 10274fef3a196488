package io.reverser.cdk.addons;

import io.reverser.cdk.charts.ChartInstaller;
import io.reverser.cdk.cluster.PodIdentity;
import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * Installs the Helm charts for load balancing, node autoscaling, secrets, metrics and logs, each chart with the IAM
 * permissions that it needs.
 */
public final class AddonsStack extends Stack {

    private static final String KUBE_SYSTEM = "kube-system";

    /**
     * The load balancer controller is installed before the charts that could need it and deleted after them, so that it
     * can delete its load balancers: a load balancer that still exists blocks the deletion of the VPC.
     */
    public AddonsStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            Cluster cluster,
            ChartInstaller installer) {
        super(scope, id, properties);
        String region = settings.region();
        String name = settings.cluster().name();
        var podLogs = LogGroups.create(
                new Construct(this, "PodLogs"), "Group", settings, new PhysicalNames(settings).podLogGroup());
        var loadBalancerIdentity = podIdentity(
                cluster,
                "aws-load-balancer-controller",
                new LoadBalancerControllerPolicy(region, settings.account(), name).statements());
        var autoscalerIdentity = podIdentity(
                cluster,
                "cluster-autoscaler",
                new ClusterAutoscalerPolicy(region, settings.account(), name).statements());
        var logIdentity = podIdentity(cluster, "aws-for-fluent-bit", List.of(LogGroups.writeStatement(podLogs)));
        var containerInsights = new ContainerInsights(this, settings, cluster, installer);
        // A new association takes effect after some seconds, and pods that were created before never get credentials.
        // metrics-server needs no association, and its pods need 30 seconds to become ready.
        var metricsServer = installer.install(
                this,
                "metrics-server",
                loadBalancerIdentity,
                autoscalerIdentity,
                logIdentity,
                containerInsights.identity());
        var loadBalancerController =
                installer.install(this, "aws-load-balancer-controller", metricsServer, loadBalancerIdentity);
        installer.install(this, "cluster-autoscaler", metricsServer, loadBalancerController, autoscalerIdentity);
        installer.install(this, "external-secrets", loadBalancerController);
        installer.install(this, "reloader", loadBalancerController);
        installer.install(this, "aws-for-fluent-bit", metricsServer, loadBalancerController, logIdentity);
        containerInsights.installAfter(metricsServer);
    }

    private PodIdentity podIdentity(Cluster cluster, String serviceAccount, List<PolicyStatement> statements) {
        return new PodIdentity(this, serviceAccount, cluster, KUBE_SYSTEM, statements);
    }
}
