package io.reverser.rotation.rotator;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.RotationPlanFile;
import io.reverser.rotation.rotator.admission.BlockingAlarms;
import io.reverser.rotation.rotator.admission.Preconditions;
import io.reverser.rotation.rotator.database.CredentialStrategy;
import io.reverser.rotation.rotator.database.CredentialSwitcher;
import io.reverser.rotation.rotator.database.Database;
import io.reverser.rotation.rotator.eventlog.Lease;
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
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ServiceLoader;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What the function is made of. */
@Singleton
class RotationProducer {

    private final RotationConfig config;

    RotationProducer(RotationConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    RotationDispatcher dispatcher() {
        InstantSource clock =
                ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
        return dispatcher(
                config, AwsEnvironment.from(System.getenv()), new Overrides(clock, DriverManager::getConnection));
    }

    /** How time and databases are reached. */
    record Overrides(InstantSource clock, Database.Connector connector) {}

    static RotationDispatcher dispatcher(RotationConfig config, AwsEnvironment environment, Overrides overrides) {
        InstantSource clock = overrides.clock();
        var clients = new AwsClients(environment);
        var aws = new AwsJsonClient(environment);
        var secrets = new SecretReader(aws);
        RotationPlan plan = RotationPlanFile.read(config.planFile());
        var table = new RotationLogTable(aws, config.table());
        var metrics = new RotationMetrics(config.environment(), clock);
        var rotationLog = new RotationLog(table, metrics);
        var secret = new SecretsManagerSecret(clients.build(SecretsManagerClient.builder()), config.secret());
        var context = new Preconditions.RotationContext(
                secret,
                new CredentialSwitcher(
                        new Database(
                                overrides.connector(),
                                config.database().ca(),
                                config.database().port()),
                        CredentialStrategy.of(plan),
                        () -> parseAdministrator(secrets.readJson(config.administratorSecret())),
                        config.reader()),
                new KubernetesClient(
                        clients.build(EksClient.builder()),
                        new EksToken(environment.region(), clients.credentials(), clock.withZone(ZoneOffset.UTC)),
                        new KubernetesClient.ClusterTarget(
                                config.cluster(), config.namespace(), config.deployment(), config.externalSecret())),
                new BlockingAlarms(clients.build(CloudWatchClient.builder()), plan));
        var preconditions = new Preconditions(plan, context, clock);
        var slack = new SlackClient(
                config.slackApi(), new SlackCredentialsCache(() -> secrets.readText(config.slackSecret()), clock));
        return new RotationDispatcher(new RotationDispatcher.Components(
                secret,
                new SecretsManagerSteps(secret, context.switcher(), preconditions, rotationLog),
                new Reconciler(
                        secret,
                        new Reconciler.Phases(
                                new RotationStarter(plan, preconditions, context, rotationLog),
                                new RotationRollout(plan, context, rotationLog),
                                new RotationRollback(context, rotationLog)),
                        rotationLog,
                        metrics),
                new SlackThreadPublisher(slack, plan.channel(), new RotationMessage(config.environment()), rotationLog),
                new Lease(table, config.environment(), clock)));
    }

    private static MySqlCredentials parseAdministrator(JsonNode secret) {
        return new MySqlCredentials(
                secret.path("username").asText(), secret.path("password").asText());
    }
}
