package io.reverser.runner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.aws.KeyedTable;
import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.Strategy;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.TestAuthority;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.kubernetes.api.KubernetesApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The change of the database password on this machine: a database over TLS, the reverser in a cluster, Secrets Manager, and
 * the packaged function.
 */
public final class RotationSandbox implements AutoCloseable {

    /** Where it is told. */
    public static final String PLATFORM = "C0PLATFORM";

    private static final String ADMINISTRATOR = "dev/database/administrator";
    private static final String CLUSTER = "dev";
    private static final String ROLE = "arn:aws:iam::111122223333:role/dev-rotation";
    private static final String KEY = "rotation-sandbox";
    private static final Duration TO_BE_TRIED = Duration.ofSeconds(60);

    private final AwsEndpoint aws;
    private final RotationPlan plan;
    private final RotatedSecret secret;
    private final ReverserCluster cluster;
    private final KubernetesApi kubernetes;
    private final RotationFunction function;

    /**
     * What is rotated, and how.
     *
     * @param database over TLS
     * @param port of the reverser's one address; 0 for any that is free
     */
    public record Choice(DatabaseServer database, Strategy strategy, int port) {}

    private RotationSandbox(Path repository, Path home, AccessSurroundings surroundings, Choice choice) {
        aws = surroundings.aws();
        aws.createTable(KeyedTable.of("rotation"));
        surroundings.workspace().open(PLATFORM);
        plan = SandboxPlan.write(
                surroundings.planFile(), choice.strategy(), aws.clock().instant());
        aws.secrets().put(ADMINISTRATOR, administrator());
        secret = RotatedSecret.put(surroundings, DatabaseAccounts.make(choice.database(), plan));
        var pods = ReverserPods.of(
                PackagedReverser.in(repository), choice.database().environment("", ""), home.resolve("pods"));
        cluster = ReverserCluster.start(choice.port(), pods, aws.clock(), secret::value);
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
     * @throws SandboxFailure when the pods do not become ready, or the function cannot log in
     */
    public static RotationSandbox start(Path repository, Path home, AccessSurroundings surroundings, Choice choice) {
        var sandbox = new RotationSandbox(repository, home.toAbsolutePath(), surroundings, choice);
        try {
            sandbox.switchOn();
            sandbox.cluster.awaitReady();
            sandbox.awaitTried();
            sandbox.function.start();
            return sandbox;
        } catch (SandboxFailure failure) {
            sandbox.close();
            throw failure;
        }
    }

    /** When and how it changes. */
    public RotationPlan plan() {
        return plan;
    }

    /** What changes. */
    public RotatedSecret secret() {
        return secret;
    }

    /** The reverser's pods, oldest first. */
    public List<ReverserCluster.Pod> pods() {
        return cluster.list();
    }

    /** Of all of them. */
    public URI address() {
        return URI.create("http://localhost:" + cluster.port());
    }

    /** How long the reconciler took each time that it looked, once it was warm. */
    public List<Duration> looks() {
        return function.took();
    }

    /** The processes of the function. */
    public List<ProcessHandle> processes() {
        return function.processes();
    }

    /** Ends one of the function's processes as a crash would. */
    public void kill(int number) {
        function.kill(number);
    }

    /** Ends a pod's container as a crash would; the cluster starts another one after a while. */
    public void kill(ReverserCluster.Pod pod) {
        cluster.pods().find(pod.name()).ifPresent(container -> {
            container.kill();
            container.reverser().process().onExit().join();
        });
    }

    /** How many requests were answered by what listens or listened at this port. */
    public long answered(int port) {
        return cluster.answered(port);
    }

    /** Where all callers call. */
    public int port() {
        return cluster.port();
    }

    /** Whether all pods are ready, of the newest version, and none is about to end. */
    public boolean isWhole() {
        return cluster.isWhole();
    }

    /** Where the pods write what they log, one file for each that ever ran. */
    public Path logs() {
        return cluster.pods().logs();
    }

    ReverserCluster cluster() {
        return cluster;
    }

    RotationFunction function() {
        return function;
    }

    /** Moves the clock to when the next window has just opened. */
    public void openWindow() {
        Instant now = aws.clock().instant();
        Instant start = plan.windows().next(now, 2).stream()
                .map(Occurrence::start)
                .filter(now::isBefore)
                .findFirst()
                .orElseThrow();
        aws.clock().move(Duration.between(now, start.plusSeconds(1)));
    }

    @Override
    public void close() {
        function.close();
        kubernetes.close();
        cluster.close();
    }

    /** As a deployment does; Secrets Manager tries the function out by itself. */
    private void switchOn() {
        aws.secrets().rotations().calls((arn, payload) -> function.step(payload));
        aws.secrets().rotations().start();
        secret.rotateWith(function.arn());
    }

    private void awaitTried() {
        long deadline = System.nanoTime() + TO_BE_TRIED.toNanos();
        while (aws.secrets().rotations().events().stream()
                .noneMatch(event -> event.name().equals("TestRotationSucceeded"))) {
            if (System.nanoTime() > deadline
                    || aws.secrets().rotations().events().stream()
                            .anyMatch(event -> event.name().equals("TestRotationFailed"))) {
                throw new SandboxFailure("The rotation's function cannot log in; it says why in " + function.log());
            }
            Pause.briefly("the rotation was tried out");
        }
    }

    private static String administrator() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("username", DatabaseServer.ADMINISTRATOR)
                .put("password", DatabaseServer.ADMINISTRATOR_PASSWORD)
                .toString();
    }

    private static Map<String, String> environment(AccessSurroundings surroundings, DatabaseServer database) {
        var environment = new HashMap<>(surroundings.place());
        environment.put("AWS_ACCESS_KEY_ID", KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", KEY);
        environment.put("ROTATION_ENVIRONMENT", "dev");
        environment.put("ROTATION_PLAN_FILE", surroundings.planFile().toString());
        environment.put("ROTATION_SECRET", RotatedSecret.NAME);
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
