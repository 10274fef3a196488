package io.reverser.cdk.addons;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.charts.ChartInstaller;
import io.reverser.cdk.cluster.PodIdentity;
import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.eks.CfnAddon;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import software.constructs.IDependable;

/** The CloudWatch agent as an EKS add-on. It collects metrics; its log collector is switched off. */
final class ContainerInsights extends Construct {

    private static final String ADDON = "amazon-cloudwatch-observability";
    private static final String NAMESPACE = "amazon-cloudwatch";

    private final PodIdentity identity;
    private final CfnAddon addon;

    ContainerInsights(Construct scope, Settings settings, Cluster cluster, ChartInstaller installer) {
        super(scope, "ContainerInsights");
        // The log group is created here because the CloudWatch agent would create it without a retention period.
        LogGroup performance = LogGroups.create(
                this,
                "Performance",
                settings,
                "/aws/containerinsights/" + settings.cluster().name() + "/performance");
        identity = new PodIdentity(this, "cloudwatch-agent", cluster, NAMESPACE, policyStatements(performance));
        addon = CfnAddon.Builder.create(this, "Addon")
                .addonName(ADDON)
                .clusterName(cluster.getClusterName())
                .configurationValues(Objects.requireNonNull(Stack.of(this).toJsonString(installer.addonValues(ADDON))))
                .resolveConflicts("OVERWRITE")
                .build();
        addon.getNode().addDependency(identity);
    }

    /** The permissions of the agent's pods. */
    PodIdentity identity() {
        return identity;
    }

    /** Installs the add-on after another construct. */
    void installAfter(IDependable other) {
        addon.getNode().addDependency(other);
    }

    private static List<PolicyStatement> policyStatements(LogGroup performance) {
        return List.of(
                LogGroups.writeStatement(performance),
                allow(
                        "PutMetrics",
                        List.of("cloudwatch:PutMetricData"),
                        List.of("*"),
                        Map.of("StringEquals", Map.of("cloudwatch:namespace", "ContainerInsights"))),
                allow(
                        "Describe",
                        List.of("ec2:DescribeVolumes", "ec2:DescribeTags", "logs:DescribeLogGroups"),
                        List.of("*")));
    }
}
