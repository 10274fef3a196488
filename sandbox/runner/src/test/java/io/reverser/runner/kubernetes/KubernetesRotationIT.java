package io.reverser.runner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.process.ItFolder;
import io.reverser.runner.process.SteadyLoad;
import io.reverser.runner.process.TrainedReverser;
import io.reverser.runner.rotation.RotationFixture;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.database.MySqlServer;
import io.reverser.simulators.kubernetes.api.TokenReviewWebhook;
import io.reverser.simulators.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Rotates the database password in a real Kubernetes under load, with the same permissions as in a deployment. {@code
 * .ci/kubernetes/rotation} starts the API server and runs this test; other test runs exclude it.
 */
@Tag("kubernetes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesRotationIT {

    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Duration ROTATION_TIMEOUT = Duration.ofMinutes(4);
    private static final int MIN_REQUESTS = 20_000;

    /** The number of requests to send before a rotation, and again after it. */
    private static final int REQUESTS_BESIDE_IT = 500;

    private static final String TRUSTED_PROXIES = "REVERSER_CALLER_TRUSTED_PROXIES";
    private static final List<String> SUMMARY = new ArrayList<>();

    private static String environment;
    private static String alarm;
    private static ApiServer api;
    private static DatabaseServer database;
    private static TokenReviewWebhook webhook;
    private static RotationFixture fixture;
    private static int replicas;

    @BeforeAll
    static void start() throws IOException {
        environment = ApiServer.property("environment");
        alarm = environment + "-reverser-errors";
        api = ApiServer.fromSystemProperties();
        replicas = api.get(ApiServer.APPS + "deployments/reverser")
                .at("/spec/replicas")
                .asInt();
        TrainedReverser.inRepository();
        database = MySqlServer.start(
                ItFolder.PATH.resolve("mysql"), TestAuthority.create(ItFolder.PATH.resolve("authority")));
        Path home = ItFolder.PATH.resolve("kubernetes-" + System.nanoTime());
        var backends = SimulatedBackends.start(home);
        RotationPlan plan = writePlan(backends.rotationPlanFile(), Instant.now());
        webhook = TokenReviewWebhook.start(
                Integer.parseInt(ApiServer.property("token-webhook-port")), environment, backends.aws());
        RotationSandbox.FUNCTION_NAMES.forEach(name -> webhook.registerAccessKey(name, name, RotationSandbox.ROLE_ARN));
        backends.aws().eks().setEndpoint(environment, api.address(), api.authorityPem());
        // The clock of Kubernetes cannot be moved. All other clocks start a day late, and the maintenance window opens
        // when the test corrects them.
        backends.aws().clock().move(Duration.ofDays(-1));
        var rotation = RotationSandbox.start(
                REPOSITORY,
                home,
                backends,
                database,
                plan,
                environment,
                (pods, secret) -> RealControlPlane.start(api, pods, backends),
                0);
        fixture = new RotationFixture(home, database, backends, rotation);
        backends.aws().cloudWatch().putAlarm(newAlarm(), Map.of());
        report("Kubernetes %s, %s, %d pods"
                .formatted(api.get("/version").path("gitVersion").asText(), database.name(), replicas));
    }

    @AfterAll
    static void stop() {
        SUMMARY.forEach(System.out::println);
        fixture.close();
        webhook.close();
        database.close();
        api.close();
    }

    @Test
    @Order(1)
    void rotatesThePasswordWithoutAFailedRequest() {
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        var load = fixture.load(Duration.ofMillis(20));
        Instant begun;
        Instant ended;
        try (load) {
            load.awaitAnswers(REQUESTS_BESIDE_IT);
            begun = Instant.now();
            fixture.backends().aws().clock().move(Duration.ofDays(1));
            fixture.awaitMessage("has changed", ROTATION_TIMEOUT);
            ended = Instant.now();
            load.awaitAnswers(REQUESTS_BESIDE_IT);
            await().atMost(ROTATION_TIMEOUT).until(() -> load.answered.sum() >= MIN_REQUESTS);
        }
        ReverserCredentials after = fixture.rotation().secret().readCurrent();
        long lost = fixture.lostVisits(load);
        summarize("rotation", load, lost, Duration.between(begun, ended));
        assertNoFailures(load, lost);
        assertThat(load.answered.sum()).isGreaterThanOrEqualTo(MIN_REQUESTS);
        assertThat(after).isNotEqualTo(before);
        assertThat(fixture.podCredentials()).hasSize(replicas).containsOnly(after);
        assertThat(fixture.canLogIn(after)).isTrue();
        assertThat(fixture.canLogIn(before)).isFalse();
        assertThat(fixture.publishedText()).contains("The old password no longer works");
        assertPermissionsSuffice();
        fixture.assertNotLeaked(before.password(), after.password(), DatabaseServer.ADMINISTRATOR_PASSWORD);
    }

    /** The alarm fires after all pods have started with the new password. */
    @Test
    @Order(2)
    void rollsBackWhenAnAlarmFiresDuringTheBakeTime() {
        fixture.backends().workspace().clear();
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        var load = fixture.load();
        ReverserCredentials rejected;
        Instant begun = Instant.now();
        Instant ended;
        try (load) {
            fixture.rotation().secret().rotate();
            fixture.awaitMessage("All pods use the new password.", ROTATION_TIMEOUT);
            rejected = fixture.rotation().secret().readCurrent();
            assertThat(fixture.podCredentials()).hasSize(replicas).containsOnly(rejected);
            fixture.backends().aws().cloudWatch().setAlarmState(alarm, "ALARM", "Threshold Crossed");
            fixture.awaitMessage("was rolled back", ROTATION_TIMEOUT);
            ended = Instant.now();
            fixture.backends().aws().cloudWatch().setAlarmState(alarm, "OK", "Threshold not crossed");
            load.awaitAnswers(REQUESTS_BESIDE_IT);
        }
        long lost = fixture.lostVisits(load);
        summarize("rollback", load, lost, Duration.between(begun, ended));
        assertNoFailures(load, lost);
        assertRolledBack(before, rejected);
    }

    /** This test runs last, because it moves all clocks except that of Kubernetes. */
    @Test
    @Order(3)
    void rollsBackWhenNewPodsDoNotBecomeReady() {
        fixture.backends().workspace().clear();
        ReverserCredentials before = fixture.rotation().secret().readCurrent();
        var load = fixture.load();
        ReverserCredentials rejected;
        Instant begun = Instant.now();
        Instant ended;
        try (load) {
            fixture.rotation().cluster().pods().setEnvironment(TRUSTED_PROXIES, "everybody");
            fixture.rotation().secret().rotate();
            fixture.awaitFailingPod(ROTATION_TIMEOUT);
            rejected = fixture.rotation().secret().readCurrent();
            fixture.exceedRolloutTimeout(ROTATION_TIMEOUT);
            fixture.awaitMessage("Rolling back", ROTATION_TIMEOUT);
            fixture.rotation().cluster().pods().unsetEnvironment(TRUSTED_PROXIES);
            fixture.awaitMessage("was rolled back", ROTATION_TIMEOUT);
            ended = Instant.now();
        }
        long lost = fixture.lostVisits(load);
        summarize("rollback of pods that do not start", load, lost, Duration.between(begun, ended));
        assertNoFailures(load, lost);
        assertRolledBack(before, rejected);
    }

    private static void assertRolledBack(ReverserCredentials before, ReverserCredentials rejected) {
        assertThat(rejected).isNotEqualTo(before);
        assertThat(fixture.rotation().secret().readCurrent()).isEqualTo(before);
        assertThat(fixture.podCredentials()).hasSize(replicas).containsOnly(before);
        assertThat(fixture.canLogIn(before)).isTrue();
        assertThat(fixture.canLogIn(rejected)).isFalse();
        assertPermissionsSuffice();
        fixture.assertNotLeaked(before.password(), rejected.password());
        report("rollback verified: the secret, all %d pods and the database have the password before"
                .formatted(replicas));
    }

    private static void assertNoFailures(SteadyLoad load, long lost) {
        assertThat(load.failed.sum()).isZero();
        assertThat(fixture.deniedLogins()).isZero();
        assertThat(lost).isZero();
    }

    private static void assertPermissionsSuffice() {
        var audit = AuditLog.read();
        assertThat(audit.denials()).isEmpty();
        assertThat(webhook.rejections()).isEmpty();
        assertThat(audit.answers())
                .containsKeys(
                        "get deployments/reverser 200",
                        "list pods 200",
                        "get externalsecrets/database 200",
                        "patch externalsecrets/database 200");
    }

    private static void summarize(String what, SteadyLoad load, long lost, Duration took) {
        report("%s: %d of %d requests failed, the database denied %d logins and lacks %d visits, %.1f s"
                .formatted(
                        what,
                        load.failed.sum(),
                        load.answered.sum() + load.failed.sum(),
                        fixture.deniedLogins(),
                        lost,
                        took.toMillis() / 1000.0));
        report("%s: RBAC denied %d of the requests of the rotation so far: %s"
                .formatted(
                        what, AuditLog.read().denials().size(), AuditLog.read().answers()));
    }

    private static void report(String line) {
        SUMMARY.add(environment + ": " + line);
    }

    /** Writes a rotation plan whose maintenance window allows a rotation to start within the next two hours. */
    private static RotationPlan writePlan(Path file, Instant now) throws IOException {
        ZonedDateTime start = now.atZone(ZoneOffset.UTC).minusMinutes(1);
        ObjectNode plan = JsonNodeFactory.instance
                .objectNode()
                .put("channel", RotationSandbox.PLATFORM_CHANNEL)
                .put("strategy", "dual_password")
                .put("rotate_after", "1m")
                .put("max_age", "40d")
                .put("rollout_timeout", "5m")
                .put("bake", "1m");
        plan.putArray("blocking_alarms").add(environment + "-reverser-*");
        plan.putArray("windows")
                .addObject()
                .put("name", "today")
                .put("zone", "UTC")
                .put("start", start.format(DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)))
                .put("length", "3h")
                .put("cutoff", "1h")
                .putArray("days")
                .add(start.getDayOfWeek()
                        .getDisplayName(TextStyle.SHORT, Locale.ROOT)
                        .toUpperCase(Locale.ROOT));
        Files.writeString(file, plan.toString());
        return RotationPlan.read(plan);
    }

    private static ObjectNode newAlarm() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", alarm)
                .put("Namespace", "Reverser")
                .put("MetricName", "Errors")
                .put("Statistic", "Sum")
                .put("Period", 60)
                .put("EvaluationPeriods", 1)
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("Threshold", 0);
    }
}
