package io.reverser.cdk.addons;

import io.reverser.cdk.charts.Release;
import io.reverser.cdk.cluster.PodIdentity;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** Load balancers, machines as they are needed, secrets, metrics and logs: each chart with the rights that it needs. */
public final class AddonsStack extends Stack {

    private static final String SYSTEM = "kube-system";

    /** The load balancer controller is first to come and last to go: it deletes what would hold the network back. */
    public AddonsStack(
            Construct scope, String id, StackProps properties, Settings settings, Cluster cluster, Release release) {
        super(scope, id, properties);
        String region = settings.region();
        String name = settings.cluster().name();
        var balancers = release.of(
                this,
                "aws-load-balancer-controller",
                identity(
                        cluster,
                        "aws-load-balancer-controller",
                        new LoadBalancerRights(region, settings.account(), name).statements()));
        release.of(
                this,
                "cluster-autoscaler",
                balancers,
                identity(
                        cluster,
                        "cluster-autoscaler",
                        new AutoscalerRights(region, settings.account(), name).statements()));
        release.of(this, "metrics-server", balancers);
        release.of(this, "external-secrets", balancers);
        release.of(this, "reloader", balancers);
        var logs = new PodLogs(this, settings);
        release.of(this, "aws-for-fluent-bit", balancers, identity(cluster, "aws-for-fluent-bit", logs.rights()));
        new ContainerInsights(this, settings, cluster, release);
    }

    private PodIdentity identity(Cluster cluster, String serviceAccount, List<PolicyStatement> rights) {
        return new PodIdentity(this, serviceAccount, cluster, SYSTEM, rights);
    }
}
