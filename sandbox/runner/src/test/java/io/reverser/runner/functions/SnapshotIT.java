package io.reverser.runner.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.HttpApi;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import io.reverser.simulators.fault.TcpFaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what a SnapStart snapshot of each packaged function contains, and that the function works after a restore from
 * it. AWS's runtime client runs the hooks before the snapshot and after the restore, but the process keeps running. So
 * the test simulates what happens between the snapshot and the restore: it closes every connection and changes the
 * credentials.
 */
class SnapshotIT {

    private static final Path HOME = ItFolder.PATH.resolve("snapshots");
    private static final Path REPOSITORY = Path.of("..", "..");
    private static final AtomicInteger ISSUED_KEYS = new AtomicInteger();

    private static SimulatedBackends backends;
    private static AlarmsSandbox alarms;
    private static TcpFaultProxy aws;
    private static TcpFaultProxy slack;
    private static HttpServer credentials;

    @BeforeAll
    static void start() throws IOException {
        backends = SimulatedBackends.start(HOME);
        alarms = AlarmsSandbox.start(REPOSITORY, HOME, backends);
        aws = TcpFaultProxy.to(backends.aws().uri().getPort());
        slack = TcpFaultProxy.to(backends.slack().uri().getPort());
        credentials = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        credentials.createContext("/", SnapshotIT::issueKey);
        credentials.start();
    }

    @AfterAll
    static void stop() {
        credentials.stop(0);
        slack.close();
        aws.close();
        alarms.close();
        backends.close();
    }

    @BeforeEach
    void forgetCalls() {
        backends.aws().faults().clearCalls();
        ISSUED_KEYS.set(0);
    }

    @Test
    void commandAnswersSlackAfterARestore() {
        try (var command = function(AccessPackages.command(REPOSITORY, HOME), accessEnvironment("snapshot-command"));
                var api = HttpApi.start(command);
                var app = backends.newSlackApp(api.uri())) {
            takeSnapshot(command);
            assertThat(backends.aws().faults().calls()).contains("DynamoDB.Query", "Slack.views.open");
            restore(command);
            String reply = app.sendSlashCommand("U0ADA", "/cluster-access", "prod view 1h the basket is slow")
                    .path("text")
                    .asText();
            assertThat(reply).contains("waiting for approval");
            assertFreshCredentials();
        }
    }

    @Test
    void granterSweepsAfterARestore() {
        try (var granter = function(AccessPackages.granter(REPOSITORY, HOME), accessEnvironment("snapshot-granter"))) {
            takeSnapshot(granter);
            restore(granter);
            granter.invoke("{\"kind\":\"sweep\"}");
            assertThat(backends.aws().faults().calls()).contains("DynamoDB.Query", "EKS.ListAccessEntries");
            assertFreshCredentials();
        }
    }

    @Test
    void notifierPostsAfterARestore() {
        var code = FunctionPackage.unzip(
                "snapshot-notifier", AlarmsSandbox.zip(REPOSITORY), HOME, FunctionPackage.QUARKUS_HANDLER);
        try (var notifier = function(code, alarms.environment())) {
            takeSnapshot(notifier);
            restore(notifier);
            notifier.invoke("""
                    {"source": "aws.cloudwatch", "accountId": "111122223333", "region": "eu-central-1",
                     "alarmArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:dev-database-write-latency",
                     "time": "%1$s",
                     "alarmData": {"alarmName": "dev-database-write-latency",
                       "state": {"value": "ALARM", "reason": "Threshold Crossed", "timestamp": "%1$s"},
                       "previousState": {"value": "OK", "reason": "fine", "timestamp": "%1$s"},
                       "configuration": {"metrics": []}}}
                    """.formatted(backends.aws().clock().instant()));
            await().until(() ->
                    !backends.workspace().messages(AlarmsSandbox.ALARMS_CHANNEL).isEmpty());
            assertFreshCredentials();
        }
    }

    /** While no maintenance window is open, the rotation function only reads the state and logs the result. */
    @Test
    void rotatorReconcilesAfterARestore() throws IOException {
        backends.aws().createTable(TableDefinitions.compositeKeyTable("rotation"));
        backends.aws().secretsManager().putSecret("database", "{}");
        Files.writeString(backends.rotationPlanFile(), """
                {"channel": "C0ALARMS", "strategy": "dual_password", "rotate_after": "30d", "max_age": "40d",
                 "bake": "10m", "rollout_timeout": "15m",
                 "windows": [{"name": "new-year", "zone": "UTC", "cron": "0 2 1 1 *", "length": "3h", "cutoff": "1h"}]}
                """);
        var environment = new HashMap<>(backends.awsEnvironment());
        environment.put("ROTATION_ENVIRONMENT", "dev");
        environment.put("ROTATION_PLAN_FILE", backends.rotationPlanFile().toString());
        environment.put("ROTATION_SECRET", "database");
        environment.put("ROTATION_ADMINISTRATOR_SECRET", "administrator");
        environment.put("ROTATION_TABLE", "rotation");
        environment.put("ROTATION_SLACK_SECRET", "slack");
        environment.put("ROTATION_SLACK_API", backends.slack().uri().toString());
        environment.put("ROTATION_CLUSTER", "dev");
        var code = FunctionPackage.unzip(
                "snapshot-rotator", RotationSandbox.zip(REPOSITORY), HOME, FunctionPackage.QUARKUS_HANDLER);
        try (var rotator = function(code, environment)) {
            takeSnapshot(rotator);
            restore(rotator);
            assertThat(rotator.invoke("{\"kind\":\"reconcile\"}")).isEqualTo("\"reconciled\"");
            assertThat(backends.aws().faults().calls()).contains("SecretsManager.DescribeSecret");
            assertFreshCredentials();
        }
    }

    private static Map<String, String> accessEnvironment(String table) {
        backends.createRequestTable(table);
        return backends.accessEnvironment(table);
    }

    /**
     * Creates a function that gets its AWS credentials from the HTTP endpoint that Lambda offers to functions with
     * SnapStart.
     */
    private static LambdaFunction function(FunctionPackage code, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.replaceAll(
                (name, value) -> value.replace(":" + backends.aws().uri().getPort(), ":" + aws.port())
                        .replace(":" + backends.slack().uri().getPort(), ":" + slack.port()));
        environment.keySet().removeAll(List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
        environment.put(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + credentials.getAddress().getPort() + "/");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "for-this-process");
        return LambdaFunction.of(code, environment);
    }

    private static void takeSnapshot(LambdaFunction function) {
        function.startUntilSnapshot();
        assertThat(backends.aws().faults().calls()).noneMatch(call -> call.startsWith("SecretsManager"));
        ISSUED_KEYS.set(0);
    }

    private static void restore(LambdaFunction function) {
        for (TcpFaultProxy link : List.of(aws, slack)) {
            link.disconnect();
            link.restore();
        }
        function.restore();
    }

    /**
     * Asserts that the function fetched new credentials after the restore. The first credentials are valid for another
     * hour, so it fetches new ones only if it discarded the first ones at the restore.
     */
    private static void assertFreshCredentials() {
        assertThat(ISSUED_KEYS).hasPositiveValue();
    }

    private static void issueKey(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] key = """
                    {"AccessKeyId": "key-%d", "SecretAccessKey": "sandbox", "Token": "sandbox", "Expiration": "%s"}
                    """.formatted(
                    ISSUED_KEYS.incrementAndGet(), Instant.now().plusSeconds(3600)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, key.length);
            exchange.getResponseBody().write(key);
        }
    }
}
