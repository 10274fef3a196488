package io.reverser.cdk.database;

import io.reverser.cdk.charts.PhysicalNames;
import io.reverser.cdk.settings.DatabaseSettings;
import io.reverser.cdk.settings.Logs;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.rds.AuroraMysqlClusterEngineProps;
import software.amazon.awscdk.services.rds.AuroraMysqlEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.CredentialsFromUsernameOptions;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** A database that nobody reaches but the cluster, over TLS only, and that outlives its stack where it is protected. */
public final class DatabaseStack extends Stack {

    /** What Aurora sends to CloudWatch. */
    private static final List<String> LOGS = List.of("error", "slowquery");

    private final DatabaseCluster cluster;
    private final Secret application;
    private final ISecurityGroup group;

    /** The database in isolated subnets; {@code clients} may connect. */
    public DatabaseStack(
            Construct scope, String id, StackProps properties, Settings settings, Vpc vpc, ISecurityGroup clients) {
        super(scope, id, properties);
        DatabaseSettings wanted = settings.database();
        RemovalPolicy removal = wanted.isProtected() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
        group = SecurityGroup.Builder.create(this, "Group")
                .vpc(vpc)
                .description("The database")
                .allowAllOutbound(false)
                .build();
        group.addIngressRule(clients, Port.tcp(DatabaseSettings.PORT), "the pods of the cluster");
        var instance = ServerlessV2ClusterInstanceProps.builder()
                .publiclyAccessible(false)
                .enablePerformanceInsights(true);
        var names = new PhysicalNames(settings);
        // Aurora would make the groups itself, to be kept for ever; it finds them by the cluster's name.
        List<LogGroup> logs = LOGS.stream()
                .map(log -> Logs.group(
                        this, log, settings, "/aws/rds/cluster/%s/%s".formatted(names.databaseCluster(), log)))
                .toList();
        cluster = DatabaseCluster.Builder.create(this, "Cluster")
                .clusterIdentifier(names.databaseCluster())
                .engine(DatabaseClusterEngine.auroraMysql(AuroraMysqlClusterEngineProps.builder()
                        .version(AuroraMysqlEngineVersion.VER_3_10_4)
                        .build()))
                .writer(ClusterInstance.serverlessV2("writer", instance.build()))
                .readers(
                        wanted.isProtected()
                                ? List.of(ClusterInstance.serverlessV2(
                                        "reader", instance.scaleWithWriter(true).build()))
                                : List.of())
                .serverlessV2MinCapacity(wanted.fewestAcu())
                .serverlessV2MaxCapacity(wanted.mostAcu())
                .vpc(vpc)
                .vpcSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .build())
                .securityGroups(List.of(group))
                .credentials(Credentials.fromUsername(
                        "administrator",
                        CredentialsFromUsernameOptions.builder()
                                .secretName(settings.name() + "/database/administrator")
                                .build()))
                .defaultDatabaseName(wanted.name())
                .parameters(new TreeMap<>(Map.of(
                        "require_secure_transport", "ON",
                        "tls_version", "TLSv1.2,TLSv1.3",
                        // Without these three nothing is slow enough to be logged, or not where it could be sent from.
                        "slow_query_log", "1",
                        "long_query_time", "1",
                        "log_output", "FILE")))
                .backup(BackupProps.builder()
                        .retention(Duration.days(wanted.backupDays()))
                        .build())
                .cloudwatchLogsExports(LOGS)
                .storageEncrypted(true)
                .iamAuthentication(false)
                .enableDataApi(true)
                .copyTagsToSnapshot(true)
                .deletionProtection(wanted.isProtected())
                .removalPolicy(removal)
                .build();
        logs.forEach(cluster.getNode()::addDependency);
        application = Secret.Builder.create(this, "Application")
                .secretName(names.databaseSecret())
                .description("What the reverser connects with; its password is changed in maintenance windows")
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate(
                                template(cluster.getClusterEndpoint().getHostname(), wanted.name()))
                        .generateStringKey("MYSQL_PASSWORD")
                        .passwordLength(32)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(removal)
                .build();
    }

    /** For its alarms. */
    public DatabaseCluster cluster() {
        return cluster;
    }

    /** With the keys {@code MYSQL_HOST}, {@code MYSQL_DATABASE}, {@code MYSQL_USER} and {@code MYSQL_PASSWORD}. */
    public Secret application() {
        return application;
    }

    /** Who may connect is a rule of it. */
    public ISecurityGroup group() {
        return group;
    }

    private String template(String host, String database) {
        // In an order: another text would be another template, for which CloudFormation makes another password.
        return toJsonString(new TreeMap<>(
                Map.of("MYSQL_HOST", host, "MYSQL_DATABASE", database, "MYSQL_USER", DatabaseSettings.USER)));
    }
}
