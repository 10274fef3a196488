package io.reverser.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.KeyedTable;
import io.reverser.rotation.plan.PlanFile;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.Strategy;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.TestAuthority;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.kubernetes.api.KubernetesApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The change of the database password on this machine: a database over TLS, the reverser in a cluster, Secrets Manager, and
 * the packaged function.
 */
public final class RotationSandbox implements AutoCloseable {

    /** Where it is told. */
    public static final String PLATFORM = "C0PLATFORM";

    private static final String SECRET = "dev/reverser/database";
    private static final String ADMINISTRATOR = "dev/database/administrator";
    private static final String CLUSTER = "dev";
    private static final String ROLE = "arn:aws:iam::111122223333:role/dev-rotation";
    private static final String KEY = "rotation-sandbox";
    private static final Duration EMERGENCY = Duration.ofMinutes(30);

    private final AwsEndpoint aws;
    private final AwsApi api;
    private final RotationPlan plan;
    private final ReverserCluster cluster;
    private final KubernetesApi kubernetes;
    private final RotationFunction function;

    /**
     * What is rotated.
     *
     * @param database over TLS
     * @param port of the reverser's one address; 0 for any that is free
     */
    public record Choice(DatabaseServer database, Strategy strategy, int port) {}

    private RotationSandbox(Path repository, Path home, AccessSurroundings surroundings, Choice choice) {
        aws = surroundings.aws();
        api = new AwsApi(AwsSettings.from(surroundings.place()));
        surroundings.workspace().open(PLATFORM);
        aws.createTable(KeyedTable.of("rotation"));
        plan = plan(surroundings.planFile(), choice.strategy());
        aws.secrets().put(ADMINISTRATOR, administrator());
        aws.secrets().put(SECRET, DatabaseAccounts.make(choice.database(), plan));
        cluster = ReverserCluster.start(
                choice.port(),
                new ReverserPods(
                        PackagedReverser.in(repository), choice.database().environment("", ""), home.resolve("pods")),
                aws.clock(),
                () -> aws.secrets().value(SECRET, "AWSCURRENT").orElseThrow());
        kubernetes = KubernetesApi.start(
                CLUSTER, cluster.kubernetes(), aws, TestAuthority.create(home.resolve("cluster-authority")));
        kubernetes.know(KEY, KEY, ROLE);
        aws.eks().entry(CLUSTER, ROLE, Map.of());
        aws.eks().group(CLUSTER, ROLE, "rotation");
        function = RotationFunction.of(repository, home, environment(surroundings, choice.database()));
    }

    /**
     * Starts it, waits for the pods, and then begins to look after the password.
     *
     * @param home everything it writes is in there
     * @throws SandboxFailure when the pods do not become ready
     */
    public static RotationSandbox start(Path repository, Path home, AccessSurroundings surroundings, Choice choice) {
        var sandbox = new RotationSandbox(repository, home.toAbsolutePath(), surroundings, choice);
        try {
            sandbox.cluster.awaitReady();
            sandbox.switchOn();
            return sandbox;
        } catch (SandboxFailure failure) {
            sandbox.close();
            throw failure;
        }
    }

    /** When and how. */
    public RotationPlan plan() {
        return plan;
    }

    /** Where it runs. */
    ReverserCluster cluster() {
        return cluster;
    }

    /** What rotates. */
    RotationFunction function() {
        return function;
    }

    /** The login under a label of the secret. */
    Login login(String label) {
        return Login.in(aws.secrets().value(SECRET, label).orElseThrow());
    }

    /** The secret's labels, each with its version. */
    Map<String, String> labels() {
        return aws.secrets().labels(SECRET);
    }

    /** Since when the secret is as it is. */
    Instant changed() {
        JsonNode secret = api.call(AwsApi.Service.SECRETS_MANAGER, "DescribeSecret", about());
        return Instant.ofEpochSecond(
                secret.path("LastRotatedDate").asLong(secret.path("CreatedDate").asLong()));
    }

    /** Moves the clock to when the next window has just opened. */
    public void openWindow() {
        Instant now = aws.clock().instant();
        Instant start = plan.windows().next(now, 2).stream()
                .map(occurrence -> occurrence.start())
                .filter(now::isBefore)
                .findFirst()
                .orElseThrow();
        aws.clock().move(Duration.between(now, start.plusSeconds(1)));
    }

    /** Asks Secrets Manager for a rotation, as anybody may who has the right to. */
    public void rotateByHand() {
        api.call(
                AwsApi.Service.SECRETS_MANAGER,
                "RotateSecret",
                about().put("ClientRequestToken", UUID.randomUUID().toString()));
    }

    /** Leaves a note on the secret that it has to be rotated, window or not. */
    public void breakGlass(String by, String why) {
        ObjectNode request = about();
        Map.of(
                        "rotation:until",
                        aws.clock().instant().plus(EMERGENCY).toString(),
                        "rotation:by",
                        by,
                        "rotation:why",
                        why)
                .forEach((key, value) ->
                        request.withArray("Tags").addObject().put("Key", key).put("Value", value));
        api.call(AwsApi.Service.SECRETS_MANAGER, "TagResource", request);
    }

    @Override
    public void close() {
        function.close();
        kubernetes.close();
        cluster.close();
    }

    /** As a deployment does: Secrets Manager tries the function out, and changes nothing. */
    private void switchOn() {
        aws.secrets().rotations().calls((arn, payload) -> function.step(payload));
        aws.secrets().rotations().start();
        ObjectNode request = about().put("ClientRequestToken", UUID.randomUUID().toString())
                .put("RotationLambdaARN", function.arn())
                .put("RotateImmediately", false);
        request.putObject("RotationRules").put("AutomaticallyAfterDays", 1000);
        api.call(AwsApi.Service.SECRETS_MANAGER, "RotateSecret", request);
        function.start();
    }

    private ObjectNode about() {
        return JsonNodeFactory.instance.objectNode().put("SecretId", SECRET);
    }

    private static String administrator() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("username", DatabaseServer.ADMINISTRATOR)
                .put("password", DatabaseServer.ADMINISTRATOR_PASSWORD)
                .toString();
    }

    private static RotationPlan plan(Path file, Strategy strategy) {
        try (InputStream yaml = RotationSandbox.class.getResourceAsStream("rotation.yaml")) {
            var plan = (ObjectNode) new YAMLMapper().readTree(yaml);
            plan.put("strategy", strategy.text());
            if (strategy != Strategy.ALTERNATING_USERS) {
                plan.remove("users");
            }
            Files.writeString(file, plan.toString());
            return PlanFile.read(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> environment(AccessSurroundings surroundings, DatabaseServer database) {
        var environment = new HashMap<>(surroundings.place());
        environment.put("AWS_ACCESS_KEY_ID", KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", KEY);
        environment.put("ROTATION_ENVIRONMENT", "dev");
        environment.put("ROTATION_PLAN_FILE", surroundings.planFile().toString());
        environment.put("ROTATION_SECRET", SECRET);
        environment.put("ROTATION_ADMINISTRATOR_SECRET", ADMINISTRATOR);
        environment.put("ROTATION_TABLE", "rotation");
        environment.put("ROTATION_SLACK_SECRET", "slack");
        environment.put("ROTATION_SLACK_API", surroundings.slack().uri().toString());
        environment.put("ROTATION_CLUSTER", CLUSTER);
        environment.put(
                "ROTATION_DATABASE_CA", database.authority().orElseThrow().toString());
        environment.put("ROTATION_DATABASE_PORT", String.valueOf(database.port()));
        environment.put("ROTATION_READER", DatabaseServer.HOST + ":" + database.port());
        return environment;
    }
}
