package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.RotationWorld.Way;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.aws.Faults;
import io.reverser.simulators.aws.Faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a rotation's way: before it begins, in its middle, and when it has to go back. */
class ObstaclesTest {

    private static final Instant AFTER_THE_WINDOW = Instant.parse("2026-11-29T04:30:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"alarm", "paused", "not synced", "database away", "cluster away", "CloudWatch away"})
    void waitsForWhatIsInTheWayAndSaysSoOnce(String what) {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            begin(world, what);
            world.minutes(4);
            assertThat(world.letsIn(world.first())).isTrue();
            assertThat(world.stories()).singleElement().asString().contains("is due to be changed", "and waits");
            end(world, what);
            world.minutes(7);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.pods.refused()).isEmpty();
            assertThat(world.stories())
                    .hasSize(2)
                    .anyMatch(story -> story.contains("has waited, and has begun"))
                    .noneMatch(story -> story.contains("is due to be changed"));
        }
    }

    @Test
    void saysThatAWindowWentByAndRotatesInTheNext() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.alarm("ALARM");
            world.minutes(2);
            world.move(Instant.parse("2026-11-29T03:00:00Z"));
            world.minutes(3);
            assertThat(world.lines()).anyMatch(line -> line.contains("The window went by"));
            world.alarm("OK");
            world.move(AFTER_THE_WINDOW.plus(Duration.ofDays(7)).minus(Duration.ofHours(3)));
            world.minutes(6);
            assertThat(world.letsIn(world.first())).isFalse();
        }
    }

    /** Before the database has changed, the rotation is refused; afterwards, it goes on to its end. */
    @ParameterizedTest
    @CsvSource({
        "SecretsManager.RotateSecret,             is as before",
        "SecretsManager.PutSecretValue,           was not changed",
        "Database.ALTER USER RETAIN,              has changed",
        "SecretsManager.UpdateSecretVersionStage, has changed",
        "Kubernetes.PatchExternalSecret,          has changed",
        "Database.ALTER USER DISCARD,             has changed"
    })
    void goesOnWhenTheWindowClosesOnlyWhereItIsSaferThanToStop(String call, String end) {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.aws.faults().afterNext(call, () -> world.move(AFTER_THE_WINDOW));
            world.minutes(12);
            assertThat(world.letsIn(world.first())).isEqualTo(!end.equals("has changed"));
            assertThat(world.letsIn(DatabaseSecret.read(world.current()))).isTrue();
            assertThat(world.pods.refused()).isEmpty();
            assertThat(world.stories()).singleElement().asString().contains(end);
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).doesNotContainKey("AWSPENDING");
        }
    }

    /** External Secrets tells when it fetched in whole seconds, so both look alike. */
    @Test
    void seesTheFetchThatItAskedForInTheSecondOfAnHourlyOne() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.minute();
            assertThat(world.current()).doesNotContain("canary-first");
            world.aws.faults().afterNext("SecretsManager.DescribeSecret", () -> {
                world.move(RotationWorld.IN_THE_WINDOW.plus(Duration.ofHours(1).plusMillis(1)));
                world.settle();
            });
            world.minutes(7);
            assertThat(world.stories()).singleElement().asString().contains("has changed");
            assertThat(world.wrong()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesBackWhenNewPodsDoNotBecomeReady(Way way) {
        try (var world = new RotationWorld(way)) {
            DatabaseSecret first = world.first();
            world.pods.areReadyOnlyWith(first);
            world.minutes(5);
            DatabaseSecret second = DatabaseSecret.read(world.current());
            world.minutes(20);
            assertThat(world.current()).isEqualTo(first.text());
            assertThat(world.letsIn(first)).isTrue();
            assertThat(world.letsIn(second)).isFalse();
            assertThat(world.pods.allHave(first)).isTrue();
            assertThat(world.pods.refused().isEmpty()).isEqualTo(way != Way.SINGLE_USER_ON_MARIADB);
            assertThat(world.stories()).singleElement().asString().contains("is as before");
            assertThat(world.lines()).anyMatch(line -> line.contains("do not become ready"));
        }
    }

    @Test
    void goesBackWhenAnAlarmRingsWhileNewPodsAreWatched() {
        try (var world = new RotationWorld(Way.ALTERNATING_USERS_ON_MARIADB, "10m", Optional.empty())) {
            DatabaseSecret first = world.first();
            world.minutes(6);
            assertThat(world.lines().getLast()).contains("All pods are new");
            world.alarm("ALARM");
            world.minutes(8);
            assertThat(world.current()).isEqualTo(first.text());
            assertThat(world.pods.allHave(first)).isTrue();
            assertThat(world.lines()).anyMatch(line -> line.contains("an alarm rings: dev-database-cpu"));
            world.alarm("OK");
            world.move(RotationWorld.IN_THE_WINDOW.plus(Duration.ofDays(7)));
            world.minutes(20);
            assertThat(world.letsIn(first)).isFalse();
        }
    }

    /** The last thing that a process did was to drop the old login; before another one looks, an alarm rings. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SINGLE_USER_ON_MARIADB")
    void goesBackToALoginThatHasJustGone(Way way) {
        try (var world = new RotationWorld(way)) {
            DatabaseSecret first = world.first();
            Faults faults = world.aws.faults();
            Runnable end = () -> {
                faults.oneIn(1, "DynamoDB.TransactWriteItems", Fault.FAILS_BEFORE);
                world.alarm("ALARM");
            };
            faults.afterNext("Database.ALTER USER DISCARD", end);
            faults.afterNext("Database.ALTER USER", () -> faults.afterNext("Database.ALTER USER", end));
            var problems = new ArrayList<String>();
            for (int minute = 0; minute < 20; minute++) {
                world.minute(problems);
                faults.noneOf("DynamoDB.TransactWriteItems");
            }
            assertThat(problems).isEmpty();
            assertThat(world.pods.refused()).isEmpty();
            assertThat(world.current()).isEqualTo(first.text());
            assertThat(world.pods.allHave(first)).isTrue();
            assertThat(world.stories()).singleElement().asString().contains("is as before");
        }
    }

    @Test
    void watchesNewPodsBeforeTheOldPasswordGoes() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL, "10m", Optional.empty())) {
            world.minutes(8);
            assertThat(world.letsIn(world.first())).isTrue();
            world.minutes(8);
            assertThat(world.letsIn(world.first())).isFalse();
        }
    }

    @Test
    void goesBackWhenExternalSecretsDoesNotFetchAndWaitsForItThere() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            DatabaseSecret first = world.first();
            world.aws
                    .faults()
                    .afterNext(
                            "SecretsManager.UpdateSecretVersionStage",
                            () -> world.cluster.externalSecrets().getStuck());
            world.minutes(30);
            assertThat(world.current()).isEqualTo(first.text());
            assertThat(world.stories()).singleElement().asString().contains("is stuck", "Somebody has to look");
            assertThat(world.letsIn(first)).isTrue();
            world.cluster.externalSecrets().goOn();
            world.minutes(5);
            assertThat(world.stories()).singleElement().asString().contains("is as before");
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @Test
    void goesBackWhenTheDeploymentIsLeftPaused() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            DatabaseSecret first = world.first();
            world.aws
                    .faults()
                    .afterNext("Kubernetes.PatchExternalSecret", () -> world.cluster.pause(RotationWorld.APP));
            world.minutes(25);
            assertThat(world.current()).isEqualTo(first.text());
            assertThat(world.letsIn(first)).isTrue();
            world.cluster.resume(RotationWorld.APP);
            world.minutes(10);
            assertThat(world.stories()).singleElement().asString().contains("is as before");
            assertThat(world.pods.allHave(first)).isTrue();
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @Test
    void goesBackWhenReloaderIsAway() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            DatabaseSecret first = world.first();
            world.cluster.reloader().leave();
            world.minutes(30);
            assertThat(world.current()).isEqualTo(first.text());
            assertThat(world.stories()).singleElement().asString().contains("is as before");
            assertThat(world.lines()).anyMatch(line -> line.contains("Reloader has not exchanged"));
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @Test
    void waitsForPodsThatDoNotEnd() {
        try (var world = new RotationWorld(Way.ALTERNATING_USERS_ON_MYSQL)) {
            world.pods.linger(true);
            world.minutes(8);
            assertThat(world.letsIn(world.first())).isTrue();
            world.pods.linger(false);
            world.minutes(5);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    /** Whoever scales while it goes on gets pods of either password, and none that is refused. */
    @Test
    void minglesWithTheAutoscaler() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL, "5m", Optional.empty())) {
            for (int replicas : new int[] {3, 5, 2, 6, 4, 3, 5}) {
                world.cluster.scale(RotationWorld.APP, replicas);
                world.minutes(2);
            }
            world.minutes(6);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"createSecret", "setSecret", "finishSecret"})
    void survivesADatabaseThatFailsOverInItsMiddle(String step) {
        try (var world = new RotationWorld(Way.ALTERNATING_USERS_ON_MARIADB)) {
            String call = switch (step) {
                case "createSecret" -> "SecretsManager.PutSecretValue";
                case "setSecret" -> "Database.ALTER USER";
                default -> "SecretsManager.UpdateSecretVersionStage";
            };
            world.aws.faults().afterNext(call, () -> world.aws.faults().plan("Database.connect", Fault.CUT_BEFORE, 3));
            world.minutes(15);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.letsIn(DatabaseSecret.read(world.current()))).isTrue();
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @Test
    void waitsForAReaderThatLagsBehind() {
        DatabaseServer reader = TestDatabases.MYSQL;
        try (var world =
                new RotationWorld(Way.ALTERNATING_USERS_ON_MARIADB, "0m", Optional.of("127.0.0.1:" + reader.port()))) {
            reader.administer(
                    "CREATE DATABASE IF NOT EXISTS " + world.database(),
                    "DROP USER IF EXISTS " + world.user("a") + ", " + world.user("b"),
                    "CREATE USER %s IDENTIFIED BY 'canary-first'".formatted(world.user("a")),
                    "CREATE USER %s IDENTIFIED BY 'behind'".formatted(world.user("b")),
                    "GRANT SELECT ON %s.* TO %s".formatted(world.database(), world.user("b")));
            world.minutes(2);
            assertThat(world.letsIn(world.first())).isTrue();
            String caughtUp =
                    world.labelled(SecretState.PENDING).orElseThrow().login().password();
            reader.administer("ALTER USER %s IDENTIFIED BY '%s'".formatted(world.user("b"), caughtUp));
            world.minutes(8);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.lines()).anyMatch(line -> line.contains("the reader does not let"));
            reader.administer(
                    "DROP USER " + world.user("a") + ", " + world.user("b"), "DROP DATABASE " + world.database());
        }
    }

    /** Nobody's change is lost, and the database lets in what the secret says. */
    @Test
    void givesUpWhenSomebodyChangesTheSecretInItsMiddle() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            String edited = world.current().replace("kept", "edited");
            world.aws
                    .faults()
                    .afterNext(
                            "Database.ALTER USER RETAIN",
                            () -> world.secrets.putSecretValue(request ->
                                    request.secretId(RotationWorld.SECRET).secretString(edited)));
            world.minutes(20);
            assertThat(world.current()).isEqualTo(edited);
            assertThat(world.letsIn(DatabaseSecret.read(edited))).isTrue();
            assertThat(world.stories()).anyMatch(story -> story.contains("is as before"));
            assertThat(world.pods.refused()).isEmpty();
            world.move(RotationWorld.IN_THE_WINDOW.plus(Duration.ofDays(7)));
            world.minutes(6);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.current()).contains("edited");
        }
    }

    @Test
    void clearsAwayWhatSomebodysRotationLeftPending() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            String pending = world.first()
                    .with(new Login(world.first().login().user(), "left behind"))
                    .text();
            world.secrets.putSecretValue(request ->
                    request.secretId(RotationWorld.SECRET).secretString(pending).versionStages(SecretState.PENDING));
            world.way
                    .server()
                    .administer("ALTER USER %s IDENTIFIED BY 'left behind' RETAIN CURRENT PASSWORD"
                            .formatted(world.user("a")));
            world.minutes(20);
            assertThat(world.letsIn(DatabaseSecret.read(pending))).isFalse();
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.letsIn(DatabaseSecret.read(world.current()))).isTrue();
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @Test
    void refusesASecretThatIsNoJsonAndChangesNothing() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.secrets.putSecretValue(
                    request -> request.secretId(RotationWorld.SECRET).secretString("canary, and no JSON"));
            world.look();
            world.look();
            assertThat(world.current()).isEqualTo("canary, and no JSON");
            assertThat(world.stories())
                    .singleElement()
                    .asString()
                    .contains("The secret is no JSON object")
                    .doesNotContain("canary");
        }
    }

    @Test
    void keepsFortyKeysAndSixtyKilobytesByteForByte() {
        try (var world = new RotationWorld(Way.ALTERNATING_USERS_ON_MYSQL)) {
            String others = IntStream.range(0, 40)
                    .mapToObj(i -> " \"key%d\" : \"%s🔑\\u00e9\"".formatted(i, "x".repeat(1490)))
                    .collect(Collectors.joining(",\n"));
            String large = world.current().replace("\"other\": \"kept 🔑\"", others);
            world.secrets.putSecretValue(
                    request -> request.secretId(RotationWorld.SECRET).secretString(large));
            world.settle();
            world.minutes(8);
            assertThat(DatabaseSecret.read(large).differsOnlyInLogin(DatabaseSecret.read(world.current())))
                    .isTrue();
            assertThat(world.letsIn(DatabaseSecret.read(large))).isFalse();
        }
    }

    private static void begin(RotationWorld world, String what) {
        switch (what) {
            case "alarm" -> world.alarm("ALARM");
            case "paused" -> world.cluster.pause(RotationWorld.APP);
            case "not synced" -> world.aws.faults().oneIn(1, "Kubernetes.GetExternalSecret", Fault.FAILS_BEFORE);
            case "database away" -> world.aws.faults().oneIn(1, "Database.connect", Fault.CUT_BEFORE);
            case "cluster away" -> world.aws.faults().oneIn(1, "Kubernetes.", Fault.CUT_BEFORE);
            default -> world.aws.faults().oneIn(1, "CloudWatch.", Fault.FAILS_BEFORE);
        }
    }

    private static void end(RotationWorld world, String what) {
        switch (what) {
            case "alarm" -> world.alarm("OK");
            case "paused" -> world.cluster.resume(RotationWorld.APP);
            default -> world.aws.faults().clear();
        }
    }
}
