package io.reverser.cdk.app;

import io.reverser.cdk.charts.ChartInstaller;
import io.reverser.cdk.cluster.ServiceAccountRole;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** The IAM role of the reverser's service account, and the Argo CD Application that deploys the reverser from Git. */
public final class AppStack extends Stack {

    /** The deletion of this stack waits until Argo CD has deleted the reverser and its load balancer. */
    public AppStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            Cluster cluster,
            ChartInstaller installer) {
        super(scope, id, properties);
        var names = new PhysicalNames(settings);
        var serviceAccountRole =
                new ServiceAccountRole(this, "Reverser", cluster, names.reverserRoleName(), "reverser:reverser");
        Secret.fromSecretNameV2(this, "Database", names.databaseSecret()).grantRead(serviceAccountRole.role());
        installer.install(this, "argocd-apps", serviceAccountRole);
    }
}
