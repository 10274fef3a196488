package io.reverser.cdk.rotation;

import io.reverser.cdk.functions.Packages;
import io.reverser.cdk.functions.QuarkusFunction;
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

/**
 * What changes the database password in maintenance windows. It stands between cluster and database, which know nothing of
 * it: the ways into them are rules of this stack.
 */
public final class RotationStack extends Stack {

    /** The group of its access entry; what the group may is in {@code kustomize/base/rotation.yaml}. */
    private static final String KUBERNETES_GROUP = "rotation";

    private static final int HTTPS = 443;

    /**
     * What is there already.
     *
     * @param kubernetes the group of the cluster's API
     * @param databaseGroup the group of the database
     * @param secrets those of the database
     */
    public record Surroundings(
            IVpc vpc,
            ISecurityGroup kubernetes,
            IDatabaseCluster database,
            ISecurityGroup databaseGroup,
            Secrets secrets) {}

    /**
     * Secrets of the database.
     *
     * @param application the one whose password is changed
     */
    public record Secrets(ISecret administrator, ISecret application) {}

    /** The function, what calls it, and the ways from it to where it looks. */
    public RotationStack(
            Construct scope,
            String id,
            StackProps properties,
            Settings settings,
            Packages packages,
            Surroundings surroundings) {
        super(scope, id, properties);
        var slack = Secret.fromSecretNameV2(this, "Slack", settings.operations().slackSecret());
        var group = SecurityGroup.Builder.create(this, "Group")
                .vpc(surroundings.vpc())
                .description("What changes the database password")
                .allowAllOutbound(false)
                .build();
        List<IDependable> ways = ways(group, surroundings);
        var table = new RotationTable(this, settings);
        Secrets secrets = surroundings.secrets();
        var rotation = new QuarkusFunction(
                        this,
                        "Rotate",
                        settings,
                        packages.rotation(),
                        Optional.of(new QuarkusFunction.Place(surroundings.vpc(), group)))
                .layer(packages.planLayer(this, settings))
                .layer(packages.authoritiesLayer(this, settings))
                .environment("ROTATION_SECRET", secrets.application().getSecretArn())
                .environment(
                        "ROTATION_ADMINISTRATOR_SECRET", secrets.administrator().getSecretArn())
                .environment("ROTATION_TABLE", table.name())
                .environment("ROTATION_SLACK_SECRET", slack.getSecretArn())
                .environment("ROTATION_CLUSTER", settings.cluster().name())
                .environment("ROTATION_NAMESPACE", "reverser")
                .environment("ROTATION_DEPLOYMENT", "reverser")
                .environment("ROTATION_EXTERNAL_SECRET", "database")
                .environment("ROTATION_ENVIRONMENT", settings.name());
        if (settings.database().isProtected()) {
            rotation.environment(
                    "ROTATION_READER",
                    surroundings.database().getClusterReadEndpoint().getHostname());
        }
        // Named without the six characters that end its ARN.
        var read = List.of(secrets.administrator().getSecretArn(), slack.getSecretArn() + "-??????");
        new RotationRights(settings, secrets.application().getSecretArn(), read)
                .statements()
                .forEach(rotation.function()::addToRolePolicy);
        rotation.function().addToRolePolicy(table.rights());
        CfnAccessEntry.Builder.create(this, "Access")
                .clusterName(settings.cluster().name())
                .principalArn(
                        Objects.requireNonNull(rotation.function().getRole()).getRoleArn())
                .type("STANDARD")
                .kubernetesGroups(List.of(KUBERNETES_GROUP))
                .build();
        new EveryMinute(this, settings, rotation.alias());
        new CalledBySecretsManager(this, settings, rotation, secrets.application()).after(ways);
    }

    private List<IDependable> ways(SecurityGroup group, Surroundings surroundings) {
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTPS), "AWS, the cluster and Slack");
        group.addEgressRule(
                Peer.securityGroupId(surroundings.databaseGroup().getSecurityGroupId()),
                Port.tcp(DatabaseSettings.PORT),
                "the database");
        return List.of(
                way("ToDatabase", group, surroundings.databaseGroup(), DatabaseSettings.PORT),
                way("ToCluster", group, surroundings.kubernetes(), HTTPS));
    }

    private CfnSecurityGroupIngress way(String id, ISecurityGroup from, ISecurityGroup to, int port) {
        return CfnSecurityGroupIngress.Builder.create(this, id)
                .groupId(to.getSecurityGroupId())
                .sourceSecurityGroupId(from.getSecurityGroupId())
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .description("what changes the database password")
                .build();
    }
}
