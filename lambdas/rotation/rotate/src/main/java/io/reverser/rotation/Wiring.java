package io.reverser.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Secrets;
import io.reverser.rotation.plan.PlanFile;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.Slack;
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
class Wiring {

    private final RotationConfig config;

    Wiring(RotationConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Desk desk() {
        InstantSource clock =
                ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
        return desk(config, AwsSettings.from(System.getenv()), new Doors(clock, DriverManager::getConnection));
    }

    /** How time and databases are reached. */
    record Doors(InstantSource clock, Database.Connector databases) {}

    static Desk desk(RotationConfig config, AwsSettings place, Doors doors) {
        InstantSource clock = doors.clock();
        var clients = new Clients(place);
        var aws = new AwsApi(place);
        var secrets = new Secrets(aws);
        RotationPlan plan = PlanFile.read(config.planFile());
        var table = new JournalTable(aws, config.table());
        var metrics = new Metrics(config.environment(), clock);
        var journal = new Journal(table, metrics);
        var secret = new Secret(clients.build(SecretsManagerClient.builder()), config.secret());
        var world = new Gate.Surroundings(
                secret,
                new Exchange(
                        new Database(
                                doors.databases(),
                                config.database().ca(),
                                config.database().port()),
                        LoginChange.of(plan),
                        () -> administrator(secrets.read(config.administratorSecret())),
                        config.reader()),
                new Cluster(
                        clients.build(EksClient.builder()),
                        new ClusterToken(place.region(), clients.credentials(), clock.withZone(ZoneOffset.UTC)),
                        new Cluster.Names(
                                config.cluster(), config.namespace(), config.deployment(), config.externalSecret())),
                new RingingAlarms(clients.build(CloudWatchClient.builder()), plan));
        var gate = new Gate(plan, world, clock);
        var slack =
                new Slack(config.slackApi(), new CachedCredentials(() -> secrets.text(config.slackSecret()), clock));
        return new Desk(new Desk.Parts(
                secret,
                new Steps(secret, world.exchange(), gate, journal),
                new Reconciler(
                        secret,
                        new Reconciler.Ways(
                                new Beginning(plan, gate, world, journal),
                                new Forward(plan, world, journal),
                                new Backward(world, journal)),
                        journal,
                        metrics),
                new Telling(slack, plan.channel(), new Story(config.environment()), journal),
                new Lease(table, config.environment(), clock)));
    }

    private static Login administrator(JsonNode secret) {
        return new Login(
                secret.path("username").asText(), secret.path("password").asText());
    }
}
