package io.reverser.rotation.rotator;

import io.reverser.awssdk.AwsClients;
import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.configreader.ConfigJson;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.rotator.admission.BlockingAlarms;
import io.reverser.rotation.rotator.admission.Preconditions;
import io.reverser.rotation.rotator.admission.RotationContext;
import io.reverser.rotation.rotator.database.CredentialStrategy;
import io.reverser.rotation.rotator.database.CredentialSwitcher;
import io.reverser.rotation.rotator.database.Database;
import io.reverser.rotation.rotator.eventlog.RotationLog;
import io.reverser.rotation.rotator.eventlog.RotationLogTable;
import io.reverser.rotation.rotator.eventlog.RotationMetrics;
import io.reverser.rotation.rotator.kubernetes.EksToken;
import io.reverser.rotation.rotator.kubernetes.KubernetesClient;
import io.reverser.rotation.rotator.reconcile.Reconciler;
import io.reverser.rotation.rotator.reconcile.RotationRollback;
import io.reverser.rotation.rotator.reconcile.RotationRollout;
import io.reverser.rotation.rotator.reconcile.RotationStarter;
import io.reverser.rotation.rotator.reconcile.SecretsManagerSteps;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import io.reverser.rotation.rotator.slack.RotationMessage;
import io.reverser.rotation.rotator.slack.SlackThreadPublisher;
import io.reverser.runtime.FunctionClock;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Builds the function's objects from its configuration. */
@Singleton
class RotationProducer {

    /**
     * How long the reconciler's lease lasts: longer than any invocation. The lease ensures that only one invocation
     * reconciles at a time.
     */
    private static final Duration LEASE_TTL = Duration.ofSeconds(90);

    private final SecretsManagerSecret secret;
    private final SecretsManagerSteps steps;
    private final Reconciler reconciler;
    private final SlackThreadPublisher publisher;
    private final DynamoDbLeases leases;

    @Inject
    RotationProducer(RotationConfig config) {
        this(config, AwsClients.fromEnvironment(), FunctionClock.find(), DriverManager::getConnection);
    }

    RotationProducer(RotationConfig config, AwsClients clients, InstantSource clock, Database.Connector connector) {
        SecretsManagerClient secretsManager = clients.build(SecretsManagerClient.builder());
        RotationPlan plan = RotationPlan.read(ConfigJson.read(config.planFile()));
        DynamoDbClient dynamoDb = clients.build(DynamoDbClient.builder());
        var table = new RotationLogTable(dynamoDb, config.table());
        var metrics = new RotationMetrics(config.environment(), clock);
        var rotationLog = new RotationLog(table, config.environment(), clock, metrics);
        secret = new SecretsManagerSecret(secretsManager, config.secret());
        var switcher = new CredentialSwitcher(
                new Database(
                        connector, config.database().ca(), config.database().port()),
                CredentialStrategy.of(plan),
                () -> MySqlCredentials.parse(readSecret(secretsManager, config.administratorSecret())),
                config.reader());
        var kubernetes = new KubernetesClient(
                clients.build(EksClient.builder()),
                new EksToken(clients.region().id(), clients.credentials(), clock.withZone(ZoneOffset.UTC)),
                config.cluster(),
                config.namespace(),
                config.deployment(),
                config.externalSecret());
        var alarms = new BlockingAlarms(clients.build(CloudWatchClient.builder()), plan);
        var context = new RotationContext(secret, switcher, kubernetes, alarms);
        var preconditions = new Preconditions(plan, context, clock);
        steps = new SecretsManagerSteps(secret, switcher, preconditions, rotationLog);
        reconciler = new Reconciler(
                secret,
                new RotationStarter(plan, preconditions, context, rotationLog),
                new RotationRollout(plan, context, rotationLog),
                new RotationRollback(context, rotationLog),
                rotationLog,
                metrics);
        var slack = new SlackClient(
                config.slackApi(),
                new SlackCredentialsCache(() -> readSecret(secretsManager, config.slackSecret()), clock));
        publisher =
                new SlackThreadPublisher(slack, plan.channel(), new RotationMessage(config.environment()), rotationLog);
        leases = new DynamoDbLeases(dynamoDb, config.table(), LEASE_TTL, clock);
    }

    @Produces
    SecretsManagerSecret secret() {
        return secret;
    }

    @Produces
    SecretsManagerSteps steps() {
        return steps;
    }

    @Produces
    Reconciler reconciler() {
        return reconciler;
    }

    @Produces
    SlackThreadPublisher publisher() {
        return publisher;
    }

    @Produces
    DynamoDbLeases leases() {
        return leases;
    }

    private static String readSecret(SecretsManagerClient secretsManager, String id) {
        return secretsManager.getSecretValue(get -> get.secretId(id)).secretString();
    }
}
