package io.reverser.cdk.database;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.DatabaseSettings;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicies;
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

/** The database, reachable over TLS only, from the pods of the cluster and from the rotator. With deletion protection,
 * the database is retained when its stack is deleted, except for the reader: a retained instance would remain in the
 * cluster when the reader is removed from the settings.
 */
public final class DatabaseStack extends Stack {

    /** The logs that Aurora exports to CloudWatch. */
    private static final List<String> EXPORTED_LOGS = List.of("error", "slowquery");

    /** The parts of the cluster without which a retained cluster would not work. CDK does not retain them itself. */
    private static final List<String> USED_BY_CLUSTER = List.of("Subnets", "ParameterGroup", "Secret", "writer");

    private final DatabaseCluster cluster;
    private final Secret applicationSecret;
    private final ISecurityGroup securityGroup;

    /** Creates the database in isolated subnets; members of {@code clientGroup} may connect. */
    public DatabaseStack(
            Construct scope, String id, StackProps properties, Settings settings, Vpc vpc, ISecurityGroup clientGroup) {
        super(scope, id, properties);
        DatabaseSettings databaseSettings = settings.database();
        securityGroup = SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(vpc)
                .description("The database")
                .allowAllOutbound(false)
                .build();
        securityGroup.addIngressRule(clientGroup, Port.tcp(DatabaseSettings.PORT), "the pods of the cluster");
        var instance = ServerlessV2ClusterInstanceProps.builder()
                .publiclyAccessible(false)
                .autoMinorVersionUpgrade(false)
                .enablePerformanceInsights(true);
        var names = new PhysicalNames(settings);
        // The log groups are created here because Aurora would create them without a retention period. Aurora finds
        // them by name.
        List<LogGroup> logGroups = EXPORTED_LOGS.stream()
                .map(log -> LogGroups.create(
                        this, log, settings, "/aws/rds/cluster/%s/%s".formatted(names.databaseCluster(), log)))
                .toList();
        cluster = DatabaseCluster.Builder.create(this, "Cluster")
                .clusterIdentifier(names.databaseCluster())
                .engine(DatabaseClusterEngine.auroraMysql(AuroraMysqlClusterEngineProps.builder()
                        .version(AuroraMysqlEngineVersion.VER_3_10_4)
                        .build()))
                // Automatic upgrades would lead to a newer version than the template's, and the next change of the
                // version could be refused as a downgrade.
                .autoMinorVersionUpgrade(false)
                .writer(ClusterInstance.serverlessV2("writer", instance.build()))
                .readers(
                        databaseSettings.reader()
                                ? List.of(ClusterInstance.serverlessV2(
                                        "reader", instance.scaleWithWriter(true).build()))
                                : List.of())
                .serverlessV2MinCapacity(databaseSettings.minAcu())
                .serverlessV2MaxCapacity(databaseSettings.maxAcu())
                .vpc(vpc)
                .vpcSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .build())
                .securityGroups(List.of(securityGroup))
                .credentials(Credentials.fromUsername(
                        "administrator",
                        CredentialsFromUsernameOptions.builder()
                                .secretName(names.databaseAdministratorSecret())
                                .build()))
                .defaultDatabaseName(databaseSettings.name())
                .parameters(new TreeMap<>(Map.of(
                        "require_secure_transport", "ON",
                        "tls_version", "TLSv1.2,TLSv1.3",
                        // Without these parameters, Aurora writes no slow query log, or writes it to a database table,
                        // which is not exported to CloudWatch.
                        "slow_query_log", "1",
                        "long_query_time", "1",
                        "log_output", "FILE")))
                .backup(BackupProps.builder()
                        .retention(Duration.days(databaseSettings.backupRetentionDays()))
                        .build())
                .cloudwatchLogsExports(EXPORTED_LOGS)
                .storageEncrypted(true)
                .iamAuthentication(false)
                .enableDataApi(true)
                .copyTagsToSnapshot(true)
                .removalPolicy(settings.removalPolicy())
                .build();
        logGroups.forEach(cluster.getNode()::addDependency);
        securityGroup.applyRemovalPolicy(settings.removalPolicy());
        USED_BY_CLUSTER.forEach(
                part -> RemovalPolicies.of(cluster.getNode().findChild(part)).apply(settings.removalPolicy()));
        // The rotation stack imports this only while there is a reader. CloudFormation updates the database stack
        // first, and refuses to delete an export that another stack imports.
        exportValue(cluster.getClusterReadEndpoint().getHostname());
        applicationSecret = Secret.Builder.create(this, "Application")
                .secretName(names.databaseSecret())
                .description("Database credentials of the reverser; the password is rotated in maintenance windows")
                .generateSecretString(SecretStringGenerator.builder()
                        .secretStringTemplate(
                                secretTemplate(cluster.getClusterEndpoint().getHostname(), databaseSettings.name()))
                        .generateStringKey("MYSQL_PASSWORD")
                        .passwordLength(32)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(settings.removalPolicy())
                .build();
    }

    /** The database, for the rotation and the alarms. */
    public DatabaseCluster cluster() {
        return cluster;
    }

    /** The secret with {@code MYSQL_HOST}, {@code MYSQL_DATABASE}, {@code MYSQL_USER} and {@code MYSQL_PASSWORD}. */
    public Secret applicationSecret() {
        return applicationSecret;
    }

    /** The security group of the database, to which clients add ingress rules. */
    public ISecurityGroup securityGroup() {
        return securityGroup;
    }

    private String secretTemplate(String host, String database) {
        // The keys are sorted, because CloudFormation generates a new password whenever the text of this template
        // changes.
        return toJsonString(new TreeMap<>(Map.of(
                "MYSQL_HOST", host, "MYSQL_DATABASE", database, "MYSQL_USER", DatabaseSettings.APPLICATION_USER)));
    }
}
