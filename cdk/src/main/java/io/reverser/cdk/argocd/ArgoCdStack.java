package io.reverser.cdk.argocd;

import io.reverser.cdk.charts.PhysicalNames;
import io.reverser.cdk.charts.Release;
import io.reverser.cdk.cluster.PodIdentity;
import io.reverser.cdk.cluster.ServiceAccountRole;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** Argo CD with its messages to Slack and its ingress, and the updater that writes new image tags to Git. */
public final class ArgoCdStack extends Stack {

    private static final String UPDATER = "argocd-image-updater";
    private static final String NAMESPACE = "argocd";

    /**
     * In a cluster that has the add-ons.
     *
     * @param images that the updater looks at
     */
    public ArgoCdStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            Cluster cluster,
            Release release,
            IRepository images) {
        super(scope, id, properties);
        var secrets = new ServiceAccountRole(
                this,
                "Secrets",
                cluster,
                new PhysicalNames(settings).argocdSecretsRoleName(),
                NAMESPACE + ":argocd-secrets");
        for (String name :
                List.of(settings.operations().slackSecret(), settings.delivery().gitSecret())) {
            Secret.fromSecretNameV2(this, name, name).grantRead(secrets.role());
        }
        var argocd = release.of(this, "argo-cd", secrets);
        var identity = new PodIdentity(this, UPDATER, cluster, NAMESPACE, rights(images));
        release.of(this, UPDATER, argocd, identity);
    }

    private static List<PolicyStatement> rights(IRepository images) {
        return List.of(
                // It has no resource to be allowed on.
                PolicyStatement.Builder.create()
                        .sid("LogIn")
                        .actions(List.of("ecr:GetAuthorizationToken"))
                        .resources(List.of("*"))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("LookAtImages")
                        .actions(List.of(
                                "ecr:BatchGetImage",
                                "ecr:DescribeImages",
                                "ecr:GetDownloadUrlForLayer",
                                "ecr:ListImages"))
                        .resources(List.of(images.getRepositoryArn()))
                        .build());
    }
}
