package io.reverser.rotation.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.rotator.RotationHarness.Variant;
import io.reverser.rotation.rotator.database.TestDatabases;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests failures before a rotation starts, during the rotation, and during its rollback. */
@Execution(ExecutionMode.CONCURRENT)
class RotationFailureTest {

    private static final Instant AFTER_THE_WINDOW = Instant.parse("2026-11-29T04:30:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"alarm", "paused", "not synced", "database down", "cluster down", "CloudWatch down"})
    void waitsForPreconditionsAndReportsOnce(String what) {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            injectObstacle(harness, what);
            harness.minutes(4);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            assertThat(harness.rootMessages())
                    .singleElement()
                    .asString()
                    .contains("is due to be changed", "Waiting to start");
            removeObstacle(harness, what);
            harness.minutes(7);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.pods.refused()).isEmpty();
            assertThat(harness.rootMessages())
                    .hasSize(2)
                    .anyMatch(message -> message.contains("was delayed and has started"))
                    .noneMatch(message -> message.contains("is due to be changed"));
        }
    }

    @Test
    void reportsMissedWindowAndRotatesInTheNext() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.setAlarm("ALARM");
            harness.minutes(2);
            harness.move(Instant.parse("2026-11-29T03:00:00Z"));
            harness.minutes(3);
            assertThat(harness.threadReplies()).anyMatch(line -> line.contains("Window missed"));
            harness.setAlarm("OK");
            harness.move(AFTER_THE_WINDOW.plus(Duration.ofDays(7)).minus(Duration.ofHours(3)));
            harness.minutes(6);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
        }
    }

    /**
     * The window closes right after each of these calls. If the database has not changed yet, the rotation is rejected;
     * otherwise, the rotation is completed outside the window.
     */
    @ParameterizedTest
    @CsvSource({
        "SecretsManager.RotateSecret,             was not changed",
        "SecretsManager.PutSecretValue,           was not changed",
        "Database.ALTER USER RETAIN,              has changed",
        "SecretsManager.UpdateSecretVersionStage, has changed",
        "Kubernetes.PatchExternalSecret,          has changed",
        "Database.ALTER USER DISCARD,             has changed"
    })
    void continuesAfterWindowClosesOnceTheDatabaseHasChanged(String call, String end) {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.aws.faults().runAfter(call, () -> harness.move(AFTER_THE_WINDOW));
            harness.minutes(12);
            assertThat(harness.canLogIn(harness.initialSecret())).isEqualTo(!end.equals("has changed"));
            assertThat(harness.canLogIn(DatabaseSecret.parse(harness.current())))
                    .isTrue();
            assertThat(harness.pods.refused()).isEmpty();
            assertThat(harness.rootMessages()).singleElement().asString().contains(end);
            assertThat(harness.aws.secretsManager().stagingLabels(RotationHarness.SECRET))
                    .doesNotContainKey("AWSPENDING");
        }
    }

    /** External Secrets reports its syncs in whole seconds, so two syncs may have the same time. */
    @Test
    void recognisesForcedSyncInTheSameSecondAsHourlySync() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.minute();
            assertThat(harness.current()).doesNotContain("canary-first");
            harness.aws.faults().runAfter("SecretsManager.DescribeSecret", () -> {
                harness.move(
                        RotationHarness.IN_THE_WINDOW.plus(Duration.ofHours(1).plusMillis(1)));
                harness.settleCluster();
            });
            harness.minutes(7);
            assertThat(harness.rootMessages()).singleElement().asString().contains("has changed");
            assertThat(harness.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rollsBackWhenNewPodsAreNotReady(Variant variant) {
        try (var harness = new RotationHarness(variant)) {
            DatabaseSecret first = harness.initialSecret();
            harness.pods.areReadyOnlyWith(first);
            harness.minutes(5);
            DatabaseSecret second = DatabaseSecret.parse(harness.current());
            harness.minutes(20);
            assertThat(harness.current()).isEqualTo(first.text());
            assertThat(harness.canLogIn(first)).isTrue();
            assertThat(harness.canLogIn(second)).isFalse();
            assertThat(harness.pods.allHave(first)).isTrue();
            assertThat(harness.pods.refused().isEmpty()).isEqualTo(variant != Variant.SINGLE_USER_ON_MARIADB);
            assertThat(harness.rootMessages()).singleElement().asString().contains("was rolled back");
            assertThat(harness.threadReplies()).anyMatch(line -> line.contains("do not become ready"));
        }
    }

    @Test
    void rollsBackWhenAlarmFiresDuringBake() {
        try (var harness = new RotationHarness(Variant.ALTERNATING_USERS_ON_MARIADB, "10m", Optional.empty())) {
            DatabaseSecret first = harness.initialSecret();
            harness.minutes(6);
            assertThat(harness.threadReplies().getLast()).contains("All pods use the new password");
            harness.setAlarm("ALARM");
            harness.minutes(8);
            assertThat(harness.current()).isEqualTo(first.text());
            assertThat(harness.pods.allHave(first)).isTrue();
            assertThat(harness.threadReplies())
                    .anyMatch(line -> line.contains("a blocking alarm is firing: dev-database-cpu"));
            harness.setAlarm("OK");
            harness.move(RotationHarness.IN_THE_WINDOW.plus(Duration.ofDays(7)));
            harness.minutes(20);
            assertThat(harness.canLogIn(first)).isFalse();
        }
    }

    /** The process crashes after it has revoked the old login; before the next reconciliation, an alarm fires. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SINGLE_USER_ON_MARIADB")
    void rollsBackToLoginThatWasJustRevoked(Variant variant) {
        try (var harness = new RotationHarness(variant)) {
            DatabaseSecret first = harness.initialSecret();
            FaultInjector faults = harness.aws.faults();
            Runnable end = () -> {
                faults.injectEveryNth(1, "DynamoDB.TransactWriteItems", Fault.ERROR_BEFORE_EFFECT);
                harness.setAlarm("ALARM");
            };
            faults.runAfter("Database.ALTER USER DISCARD", end);
            faults.runAfter("Database.ALTER USER", () -> faults.runAfter("Database.ALTER USER", end));
            var problems = new ArrayList<String>();
            for (int minute = 0; minute < 20; minute++) {
                harness.minute(problems);
                faults.clearEveryNth("DynamoDB.TransactWriteItems");
            }
            assertThat(problems).isEmpty();
            assertThat(harness.pods.refused()).isEmpty();
            assertThat(harness.current()).isEqualTo(first.text());
            assertThat(harness.pods.allHave(first)).isTrue();
            assertThat(harness.rootMessages()).singleElement().asString().contains("was rolled back");
        }
    }

    @Test
    void bakesBeforeRevokingOldPassword() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL, "10m", Optional.empty())) {
            harness.minutes(8);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            harness.minutes(8);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
        }
    }

    @Test
    void rollsBackWhenExternalSecretsIsPausedAndReportsStuck() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            DatabaseSecret first = harness.initialSecret();
            harness.aws
                    .faults()
                    .runAfter(
                            "SecretsManager.UpdateSecretVersionStage",
                            () -> harness.cluster.externalSecretsController().pause());
            harness.minutes(30);
            assertThat(harness.current()).isEqualTo(first.text());
            assertThat(harness.rootMessages()).singleElement().asString().contains("is stuck", "Needs attention");
            assertThat(harness.canLogIn(first)).isTrue();
            harness.cluster.externalSecretsController().resume();
            harness.minutes(5);
            assertThat(harness.rootMessages()).singleElement().asString().contains("was rolled back");
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    /**
     * While the webhook of External Secrets is unavailable, the API server rejects every change of an ExternalSecret;
     * both logins work until the webhook is available again.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SINGLE_USER_ON_MARIADB")
    void refusesNoPodWhileExternalSecretsWebhookIsDown(Variant variant) {
        try (var harness = new RotationHarness(variant)) {
            var webhook = harness.cluster.externalSecretsController();
            webhook.stopWebhook();
            harness.minutes(25);
            assertThat(harness.thrown()).contains("500");
            assertThat(harness.pods.refused()).isEmpty();
            webhook.startWebhook();
            harness.minutes(15);
            assertThat(harness.violations()).isEmpty();
        }
    }

    @Test
    void rollsBackWhenDeploymentIsPaused() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            DatabaseSecret first = harness.initialSecret();
            harness.aws
                    .faults()
                    .runAfter(
                            "Kubernetes.PatchExternalSecret", () -> harness.cluster.pauseRollout(RotationHarness.APP));
            harness.minutes(25);
            assertThat(harness.current()).isEqualTo(first.text());
            assertThat(harness.canLogIn(first)).isTrue();
            harness.cluster.resumeRollout(RotationHarness.APP);
            harness.minutes(10);
            assertThat(harness.rootMessages()).singleElement().asString().contains("was rolled back");
            assertThat(harness.pods.allHave(first)).isTrue();
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    @Test
    void rollsBackWhenReloaderIsDown() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            DatabaseSecret first = harness.initialSecret();
            harness.cluster.reloader().stop();
            harness.minutes(30);
            assertThat(harness.current()).isEqualTo(first.text());
            assertThat(harness.rootMessages()).singleElement().asString().contains("was rolled back");
            assertThat(harness.threadReplies()).anyMatch(line -> line.contains("Reloader has not replaced"));
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    @Test
    void waitsForTerminatingPods() {
        try (var harness = new RotationHarness(Variant.ALTERNATING_USERS_ON_MYSQL)) {
            harness.pods.linger(true);
            harness.minutes(8);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            harness.pods.linger(false);
            harness.minutes(5);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    /** New pods get the old or the new password, and none is refused a login. */
    @Test
    void rotatesDuringAutoscaling() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL, "5m", Optional.empty())) {
            for (int replicas : new int[] {3, 5, 2, 6, 4, 3, 5}) {
                harness.cluster.scale(RotationHarness.APP, replicas);
                harness.minutes(2);
            }
            harness.minutes(6);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"createSecret", "setSecret", "finishSecret"})
    void survivesDatabaseFailover(String step) {
        try (var harness = new RotationHarness(Variant.ALTERNATING_USERS_ON_MARIADB)) {
            String call = switch (step) {
                case "createSecret" -> "SecretsManager.PutSecretValue";
                case "setSecret" -> "Database.ALTER USER";
                default -> "SecretsManager.UpdateSecretVersionStage";
            };
            harness.aws
                    .faults()
                    .runAfter(
                            call,
                            () -> harness.aws
                                    .faults()
                                    .injectNext("Database.connect", Fault.DISCONNECT_BEFORE_EFFECT, 3));
            harness.minutes(15);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.canLogIn(DatabaseSecret.parse(harness.current())))
                    .isTrue();
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    @Test
    void waitsForLaggingReader() {
        DatabaseServer reader = TestDatabases.MYSQL;
        try (var harness = new RotationHarness(
                Variant.ALTERNATING_USERS_ON_MARIADB, "0m", Optional.of("127.0.0.1:" + reader.port()))) {
            reader.executeAsAdministrator(
                    "CREATE DATABASE IF NOT EXISTS " + harness.database(),
                    "DROP USER IF EXISTS " + harness.user("a") + ", " + harness.user("b"),
                    "CREATE USER %s IDENTIFIED BY 'canary-first'".formatted(harness.user("a")),
                    "CREATE USER %s IDENTIFIED BY 'behind'".formatted(harness.user("b")),
                    "GRANT SELECT ON %s.* TO %s".formatted(harness.database(), harness.user("b")));
            harness.minutes(2);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            String caughtUp = harness.findByLabel(SecretState.PENDING)
                    .orElseThrow()
                    .credentials()
                    .password();
            reader.executeAsAdministrator("ALTER USER %s IDENTIFIED BY '%s'".formatted(harness.user("b"), caughtUp));
            harness.minutes(8);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.threadReplies()).anyMatch(line -> line.contains("the reader does not accept"));
            reader.executeAsAdministrator(
                    "DROP USER " + harness.user("a") + ", " + harness.user("b"), "DROP DATABASE " + harness.database());
        }
    }

    /** The operator's change of the secret is kept, and the database accepts the login in it. */
    @Test
    void abandonsWhenSecretChangesDuringRotation() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            String edited = harness.current().replace("kept", "edited");
            harness.aws
                    .faults()
                    .runAfter(
                            "Database.ALTER USER RETAIN",
                            () -> harness.secrets.putSecretValue(request ->
                                    request.secretId(RotationHarness.SECRET).secretString(edited)));
            harness.minutes(20);
            assertThat(harness.current()).isEqualTo(edited);
            assertThat(harness.canLogIn(DatabaseSecret.parse(edited))).isTrue();
            assertThat(harness.rootMessages()).anyMatch(message -> message.contains("was not changed"));
            assertThat(harness.pods.refused()).isEmpty();
            harness.move(RotationHarness.IN_THE_WINDOW.plus(Duration.ofDays(7)));
            harness.minutes(6);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.current()).contains("edited");
        }
    }

    @Test
    void removesAbandonedPendingVersion() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            String pending = harness.initialSecret()
                    .withCredentials(new MySqlCredentials(
                            harness.initialSecret().credentials().user(), "left behind"))
                    .text();
            harness.secrets.putSecretValue(request -> request.secretId(RotationHarness.SECRET)
                    .secretString(pending)
                    .versionStages(SecretState.PENDING));
            harness.variant
                    .server()
                    .executeAsAdministrator("ALTER USER %s IDENTIFIED BY 'left behind' RETAIN CURRENT PASSWORD"
                            .formatted(harness.user("a")));
            harness.minutes(20);
            assertThat(harness.canLogIn(DatabaseSecret.parse(pending))).isFalse();
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.canLogIn(DatabaseSecret.parse(harness.current())))
                    .isTrue();
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    @Test
    void rejectsSecretThatIsNotJson() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.secrets.putSecretValue(
                    request -> request.secretId(RotationHarness.SECRET).secretString("canary, not JSON"));
            harness.reconcile();
            harness.reconcile();
            assertThat(harness.current()).isEqualTo("canary, not JSON");
            assertThat(harness.rootMessages())
                    .singleElement()
                    .asString()
                    .contains("The secret is not a JSON object")
                    .doesNotContain("canary");
        }
    }

    @Test
    void keepsOtherKeysOf60KilobytesByteForByte() {
        try (var harness = new RotationHarness(Variant.ALTERNATING_USERS_ON_MYSQL)) {
            String others = IntStream.range(0, 40)
                    .mapToObj(i -> " \"key%d\" : \"%s🔑\\u00e9\"".formatted(i, "x".repeat(1490)))
                    .collect(Collectors.joining(",\n"));
            String large = harness.current().replace("\"other\": \"kept 🔑\"", others);
            harness.secrets.putSecretValue(
                    request -> request.secretId(RotationHarness.SECRET).secretString(large));
            harness.settleCluster();
            harness.minutes(8);
            assertThat(DatabaseSecret.parse(large).differsOnlyInCredentials(DatabaseSecret.parse(harness.current())))
                    .isTrue();
            assertThat(harness.canLogIn(DatabaseSecret.parse(large))).isFalse();
        }
    }

    private static void injectObstacle(RotationHarness harness, String what) {
        switch (what) {
            case "alarm" -> harness.setAlarm("ALARM");
            case "paused" -> harness.cluster.pauseRollout(RotationHarness.APP);
            case "not synced" ->
                harness.aws.faults().injectEveryNth(1, "Kubernetes.GetExternalSecret", Fault.ERROR_BEFORE_EFFECT);
            case "database down" ->
                harness.aws.faults().injectEveryNth(1, "Database.connect", Fault.DISCONNECT_BEFORE_EFFECT);
            case "cluster down" ->
                harness.aws.faults().injectEveryNth(1, "Kubernetes.", Fault.DISCONNECT_BEFORE_EFFECT);
            default -> harness.aws.faults().injectEveryNth(1, "CloudWatch.", Fault.ERROR_BEFORE_EFFECT);
        }
    }

    private static void removeObstacle(RotationHarness harness, String what) {
        switch (what) {
            case "alarm" -> harness.setAlarm("OK");
            case "paused" -> harness.cluster.resumeRollout(RotationHarness.APP);
            default -> harness.aws.faults().clear();
        }
    }
}
