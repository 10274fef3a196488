package io.reverser.cdk.argocd;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.charts.ChartInstaller;
import io.reverser.cdk.cluster.PodIdentity;
import io.reverser.cdk.cluster.ServiceAccountRole;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/**
 * Argo CD with its secrets, Slack notifications and ingress, and the image updater, which commits new image tags to
 * Git.
 */
public final class ArgoCdStack extends Stack {

    private static final String IMAGE_UPDATER = "argocd-image-updater";
    private static final String NAMESPACE = "argocd";

    /** Installs Argo CD and the image updater; the add-ons have to be installed first.
     *
     * @param images the ECR repository that the image updater polls
     */
    public ArgoCdStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            Cluster cluster,
            ChartInstaller installer,
            IRepository images) {
        super(scope, id, properties);
        var secretsRole = new ServiceAccountRole(
                this,
                "Secrets",
                cluster,
                new PhysicalNames(settings).argocdSecretsRoleName(),
                NAMESPACE + ":argocd-secrets");
        Secret.fromSecretNameV2(this, "Slack", settings.operations().slackSecret())
                .grantRead(secretsRole.role());
        Secret.fromSecretNameV2(this, "Git", settings.delivery().gitSecret()).grantRead(secretsRole.role());
        var secrets = installer.install(this, "argocd-secrets", secretsRole);
        // The image updater's association takes effect while Argo CD starts. A pod that was created before would never
        // get credentials.
        var identity = new PodIdentity(this, IMAGE_UPDATER, cluster, NAMESPACE, policyStatements(images));
        var argocd = installer.install(this, "argo-cd", secrets, identity);
        installer.install(this, IMAGE_UPDATER, argocd, identity);
    }

    private static List<PolicyStatement> policyStatements(IRepository images) {
        return List.of(
                // GetAuthorizationToken supports no resource-level permissions.
                allow("GetAuthorizationToken", List.of("ecr:GetAuthorizationToken"), List.of("*")),
                allow(
                        "ReadImages",
                        List.of(
                                "ecr:BatchGetImage",
                                "ecr:DescribeImages",
                                "ecr:GetDownloadUrlForLayer",
                                "ecr:ListImages"),
                        List.of(images.getRepositoryArn())));
    }
}
