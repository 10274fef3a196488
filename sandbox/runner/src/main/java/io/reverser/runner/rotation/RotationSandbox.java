package io.reverser.runner.rotation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.rotation.plan.Occurrence;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.cluster.ControlPlane;
import io.reverser.runner.cluster.ReverserCluster;
import io.reverser.runner.cluster.ReverserPods;
import io.reverser.runner.cluster.SimulatedControlPlane;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.process.PollInterval;
import io.reverser.runner.process.SandboxException;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.tls.TestAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The rotation of the database password on this machine: a database with TLS, the reverser in a cluster, Secrets
 * Manager, and the packaged rotation function.
 */
public final class RotationSandbox implements AutoCloseable {

    /** The Slack channel of the rotation's messages. */
    public static final String PLATFORM_CHANNEL = "C0PLATFORM";

    /** The IAM role of the rotation function. */
    public static final String ROLE_ARN = "arn:aws:iam::111122223333:role/rotation";

    /** The names of the rotation function's two processes, which are also their access keys. */
    public static final List<String> FUNCTION_NAMES = List.of("rotation-steps", "rotation-reconcile");

    private static final String ENVIRONMENT_NAME = "dev";
    private static final String ADMINISTRATOR_SECRET = "administrator";
    private static final Duration ROTATION_TEST_TIMEOUT = Duration.ofSeconds(60);

    private final AwsEndpoint aws;
    private final RotationPlan plan;
    private final RotatedSecret secret;
    private final ReverserCluster cluster;
    private final Map<String, String> environment;
    private final RotationFunction function;

    private RotationSandbox(
            Path repository,
            Path home,
            SimulatedBackends backends,
            DatabaseServer database,
            RotationPlan plan,
            String environmentName,
            BiFunction<ReverserPods, RotatedSecret, ControlPlane> controlPlane,
            int port) {
        aws = backends.aws();
        aws.createTable(TableDefinitions.compositeKeyTable("rotation"));
        backends.workspace().createChannel(PLATFORM_CHANNEL);
        this.plan = plan;
        aws.secretsManager().putSecret(ADMINISTRATOR_SECRET, administratorSecretJson());
        secret = RotatedSecret.create(
                backends, environmentName + "/reverser/database", DatabaseAccounts.create(database, plan));
        aws.eks().createEntry(environmentName, ROLE_ARN, Map.of());
        aws.eks().setGroups(environmentName, ROLE_ARN, "rotation");
        var pods = ReverserPods.of(
                PackagedReverser.inRepository(repository), database.environment("", ""), home.resolve("pods"));
        cluster = ReverserCluster.start(port, pods, controlPlane.apply(pods, secret));
        environment = environment(backends, database, environmentName, secret);
        function = RotationFunction.of(repository, home, environment);
    }

    /**
     * Starts the rotation sandbox with a simulated Kubernetes, waits for the pods, and then starts to reconcile.
     *
     * @param home the folder for all files of the sandbox
     * @param database a running database with TLS
     * @param port the port at which callers reach the reverser; 0 for a free one
     * @throws SandboxException when the pods do not become ready, or the rotation function cannot log in
     */
    public static RotationSandbox start(
            Path repository,
            Path home,
            SimulatedBackends backends,
            DatabaseServer database,
            Strategy strategy,
            int port) {
        AwsEndpoint aws = backends.aws();
        var plan = SandboxRotationPlan.write(
                backends.rotationPlanFile(), strategy, aws.clock().instant());
        var authority = TestAuthority.create(home.resolve("cluster-authority"));
        BiFunction<ReverserPods, RotatedSecret, ControlPlane> controlPlane = (pods, secret) -> {
            var simulated = SimulatedControlPlane.start(ENVIRONMENT_NAME, pods, aws, authority, secret::currentValue);
            FUNCTION_NAMES.forEach(name -> simulated.registerAccessKey(name, name, ROLE_ARN));
            return simulated;
        };
        return start(repository, home, backends, database, plan, ENVIRONMENT_NAME, controlPlane, port);
    }

    /**
     * Starts the rotation sandbox with a Kubernetes cluster whose endpoint EKS knows.
     *
     * @param plan the rotation plan, which is also in the file that the functions read
     * @param environmentName the cluster's name, which is also the prefix of the secret's name
     * @param controlPlane starts the cluster that runs these pods with this secret
     */
    public static RotationSandbox start(
            Path repository,
            Path home,
            SimulatedBackends backends,
            DatabaseServer database,
            RotationPlan plan,
            String environmentName,
            BiFunction<ReverserPods, RotatedSecret, ControlPlane> controlPlane,
            int port) {
        var sandbox = new RotationSandbox(
                repository, home.toAbsolutePath(), backends, database, plan, environmentName, controlPlane, port);
        try {
            sandbox.enableRotation();
            sandbox.cluster.awaitReady();
            sandbox.awaitRotationTest();
            sandbox.function.start();
            return sandbox;
        } catch (SandboxException failure) {
            sandbox.close();
            throw failure;
        }
    }

    /** The ZIP file that the build creates for the rotation function. */
    public static Path zip(Path repository) {
        return repository.resolve("lambdas/rotation/rotator/target/function.zip");
    }

    /** The environment variables of the rotation function. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The rotation plan: when and how the password changes. */
    public RotationPlan plan() {
        return plan;
    }

    /** The secret that is rotated. */
    public RotatedSecret secret() {
        return secret;
    }

    /** The reverser's pods, oldest first. */
    public List<ReverserCluster.PodStatus> pods() {
        return cluster.podStatuses();
    }

    /** The address at which callers reach the reverser, through the load balancer. */
    public URI reverserAddress() {
        return URI.create("http://localhost:" + cluster.port());
    }

    /** The durations of the latest reconciliations, without the cold start. */
    public List<Duration> reconcileDurations() {
        return function.reconcileDurations();
    }

    /** Starts those of the rotation function's processes that are not running, and returns all processes. */
    public List<ProcessHandle> startProcesses() {
        return function.startProcesses();
    }

    /** Kills one of the rotation function's processes, as in a crash. */
    public void kill(int number) {
        function.kill(number);
    }

    /** Kills a pod's container, as in a crash; the cluster restarts the container after a back-off. */
    public void kill(ReverserCluster.PodStatus pod) {
        cluster.pods().find(pod.name()).ifPresent(container -> {
            container.kill();
            container.reverser().process().onExit().join();
        });
    }

    /** The number of requests that the container at this port answered with 200. */
    public long successfulRequests(int port) {
        return cluster.successfulRequests(port);
    }

    /** The port at which callers reach the reverser, through the load balancer. */
    public int port() {
        return cluster.port();
    }

    /** Whether all of the reverser's pods are ready and of the newest version, and none is terminating. */
    public boolean isRolledOut() {
        return cluster.isRolledOut();
    }

    /** The folder of the pods' logs, with a file for each container. */
    public Path podLogs() {
        return cluster.pods().logs();
    }

    public ReverserCluster cluster() {
        return cluster;
    }

    RotationFunction function() {
        return function;
    }

    /** Moves the clock to the start of the next maintenance window. */
    public void advanceToNextWindow() {
        Instant now = aws.clock().instant();
        Instant start = plan.windows().nextOpen(now, 2).stream()
                .map(Occurrence::start)
                .filter(now::isBefore)
                .findFirst()
                .orElseThrow();
        aws.clock().move(Duration.between(now, start.plusSeconds(1)));
    }

    @Override
    public void close() {
        function.close();
        cluster.close();
    }

    /** Enables the rotation of the secret, as a deployment does; Secrets Manager first tests the function. */
    private void enableRotation() {
        aws.secretsManager().rotations().setInvoker((arn, payload) -> function.runStep(payload));
        aws.secretsManager().rotations().start();
        secret.enableRotation(function.arn());
    }

    private void awaitRotationTest() {
        long deadline = System.nanoTime() + ROTATION_TEST_TIMEOUT.toNanos();
        while (aws.secretsManager().rotations().events().stream()
                .noneMatch(event -> event.name().equals("TestRotationSucceeded"))) {
            if (System.nanoTime() > deadline
                    || aws.secretsManager().rotations().events().stream()
                            .anyMatch(event -> event.name().equals("TestRotationFailed"))) {
                throw new SandboxException(
                        "The rotation function cannot log in to the database; see " + function.log());
            }
            PollInterval.sleep("Secrets Manager tested the rotation function");
        }
    }

    private static String administratorSecretJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("username", DatabaseServer.ADMINISTRATOR)
                .put("password", DatabaseServer.ADMINISTRATOR_PASSWORD)
                .toString();
    }

    private static Map<String, String> environment(
            SimulatedBackends backends, DatabaseServer database, String environmentName, RotatedSecret secret) {
        var environment = new HashMap<>(backends.awsEnvironment());
        environment.put("ROTATION_ENVIRONMENT", environmentName);
        environment.put("ROTATION_PLAN_FILE", backends.rotationPlanFile().toString());
        environment.put("ROTATION_SECRET", secret.name());
        environment.put("ROTATION_ADMINISTRATOR_SECRET", ADMINISTRATOR_SECRET);
        environment.put("ROTATION_TABLE", "rotation");
        environment.put("ROTATION_SLACK_SECRET", "slack");
        environment.put("ROTATION_SLACK_API", backends.slack().uri().toString());
        environment.put("ROTATION_CLUSTER", environmentName);
        environment.put("ROTATION_DATABASE_CA", database.caFile().orElseThrow().toString());
        environment.put("ROTATION_DATABASE_PORT", String.valueOf(database.port()));
        environment.put("ROTATION_READER", DatabaseServer.HOST + ":" + database.port());
        return environment;
    }
}
