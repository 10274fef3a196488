package io.reverser.cdk.rotation;

import io.reverser.cdk.lambda.LambdaArtifacts;
import io.reverser.cdk.lambda.SnapStartFunction;
import io.reverser.cdk.lambda.StateTable;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.DatabaseSettings;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.eks.CfnAccessEntry;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;
import software.constructs.IDependable;

/** The rotation of the database password. The stack depends on the stacks of the cluster and the database, and adds
 * ingress rules to their security groups.
 */
public final class RotationStack extends Stack {

    /**
     * The Kubernetes group of the function's access entry; {@code kustomize/base/rotation.yaml} binds permissions to
     * it.
     */
    private static final String KUBERNETES_GROUP = "rotation";

    private static final int HTTPS = 443;

    /** Creates the rotation function, its schedule, and its network access.
     *
     * @param clusterGroup security group of the cluster's API
     * @param databaseGroup security group of the database
     * @param administrator secret of the database administrator
     * @param application secret to rotate
     */
    public RotationStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            LambdaArtifacts artifacts,
            IVpc vpc,
            ISecurityGroup clusterGroup,
            IDatabaseCluster database,
            ISecurityGroup databaseGroup,
            ISecret administrator,
            ISecret application) {
        super(scope, id, properties);
        var slack = Secret.fromSecretNameV2(this, "Slack", settings.operations().slackSecret());
        var group = SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(vpc)
                .description("Rotation of the database password")
                .allowAllOutbound(false)
                .build();
        List<IDependable> ingressRules = allowTraffic(group, clusterGroup, databaseGroup);
        var table = StateTable.builder(new Construct(this, "Rotations"), new PhysicalNames(settings).rotationTable())
                .removalPolicy(settings.removalPolicy())
                .build();
        var rotator = new SnapStartFunction(
                        this,
                        "Rotator",
                        settings,
                        artifacts.rotator(),
                        Optional.of(new SnapStartFunction.VpcPlacement(vpc, group)))
                .layer(artifacts.rotationPlanLayer(this, settings))
                .layer(artifacts.caBundleLayer(this, settings))
                .environment("ROTATION_SECRET", application.getSecretArn())
                .environment("ROTATION_ADMINISTRATOR_SECRET", administrator.getSecretArn())
                .environment("ROTATION_TABLE", table.getTableName())
                .environment("ROTATION_SLACK_SECRET", slack.getSecretArn())
                .environment("ROTATION_CLUSTER", settings.cluster().name())
                .environment("ROTATION_NAMESPACE", "reverser")
                .environment("ROTATION_DEPLOYMENT", "reverser")
                .environment("ROTATION_EXTERNAL_SECRET", "database")
                .environment("ROTATION_ENVIRONMENT", settings.name());
        if (settings.database().reader()) {
            rotator.environment(
                    "ROTATION_READER", database.getClusterReadEndpoint().getHostname());
        }
        // An ARN that CDK derives from a secret's name lacks the six random characters at the end of the real ARN.
        var readableSecretArns = List.of(administrator.getSecretArn(), slack.getSecretArn() + "-??????");
        new RotationPolicy(settings, application.getSecretArn(), readableSecretArns, table.getTableArn())
                .statements()
                .forEach(rotator.function()::addToRolePolicy);
        CfnAccessEntry.Builder.create(this, "AccessEntry")
                .clusterName(settings.cluster().name())
                .principalArn(
                        Objects.requireNonNull(rotator.function().getRole()).getRoleArn())
                .type("STANDARD")
                .kubernetesGroups(List.of(KUBERNETES_GROUP))
                .build();
        new ReconcileSchedule(this, settings, rotator.alias());
        new SecretsManagerRotation(this, settings, rotator, application).dependOn(ingressRules);
    }

    private List<IDependable> allowTraffic(
            SecurityGroup group, ISecurityGroup clusterGroup, ISecurityGroup databaseGroup) {
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTPS), "AWS, the cluster API and Slack");
        group.addEgressRule(
                Peer.securityGroupId(databaseGroup.getSecurityGroupId()),
                Port.tcp(DatabaseSettings.PORT),
                "the database");
        return List.of(
                ingressRule("ToDatabase", group, databaseGroup, DatabaseSettings.PORT),
                ingressRule("ToCluster", group, clusterGroup, HTTPS));
    }

    private CfnSecurityGroupIngress ingressRule(String id, ISecurityGroup from, ISecurityGroup to, int port) {
        return CfnSecurityGroupIngress.Builder.create(this, id)
                .groupId(to.getSecurityGroupId())
                .sourceSecurityGroupId(from.getSecurityGroupId())
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .description("the rotation function")
                .build();
    }
}
