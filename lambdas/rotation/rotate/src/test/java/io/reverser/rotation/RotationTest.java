package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.rotation.RotationWorld.Way;
import io.reverser.simulators.aws.Faults.Fault;
import io.reverser.simulators.aws.RotationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole rotations, minute by minute, and who may begin one. */
class RotationTest {

    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @EnumSource
    void changesThePasswordAndNobodyNotices(Way way) {
        try (var world = new RotationWorld(way)) {
            DatabaseSecret first = world.first();
            world.minutes(6);
            DatabaseSecret now = DatabaseSecret.read(world.current());
            assertThat(world.letsIn(now)).isTrue();
            assertThat(world.letsIn(first)).isFalse();
            assertThat(world.pods.allHave(now)).isTrue();
            // Who has no new password yet is not let in again where there is only one.
            assertThat(world.pods.refused().isEmpty()).isEqualTo(way != Way.SINGLE_USER_ON_MARIADB);
            assertThat(first.differsOnlyInLogin(now)).isTrue();
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).doesNotContainKey("AWSPENDING");
            assertThat(world.stories()).singleElement().asString().contains("has changed");
            assertThat(world.lines().getLast()).contains("not let in any more");
        }
    }

    @Test
    void doesItAgainWhenItIsDueAgain() {
        try (var world = new RotationWorld(Way.ALTERNATING_USERS_ON_MARIADB)) {
            world.minutes(6);
            DatabaseSecret second = DatabaseSecret.read(world.current());
            world.move(RotationWorld.IN_THE_WINDOW.plus(DAY.multipliedBy(21)));
            world.minutes(6);
            assertThat(world.current()).isEqualTo(second.text());
            world.move(RotationWorld.IN_THE_WINDOW.plus(DAY.multipliedBy(28)));
            world.minutes(6);
            assertThat(DatabaseSecret.read(world.current()).login().user())
                    .isEqualTo(world.first().login().user());
            assertThat(world.letsIn(second)).isFalse();
            assertThat(world.pods.refused()).isEmpty();
        }
    }

    @Test
    void doesNothingOutsideAWindow() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            String before = world.current();
            for (String at : new String[] {"2026-11-29T00:58:00Z", "2026-11-29T03:00:30Z", "2026-11-30T01:10:00Z"}) {
                world.move(Instant.parse(at));
                world.minute();
            }
            assertThat(world.current()).isEqualTo(before);
        }
    }

    /** A deployment sets rules, a person asks, Secrets Manager's own schedule comes round. */
    @ParameterizedTest
    @ValueSource(strings = {"a person", "a deployment", "the schedule"})
    void refusesWhoeverRotatesOutsideAWindowAndTellsOnce(String who) {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            String before = world.current();
            world.move(Instant.parse("2026-11-30T10:00:00Z"));
            switch (who) {
                case "a person" -> world.rotateByHand();
                case "a deployment" ->
                    world.secrets.rotateSecret(request -> request.secretId(RotationWorld.SECRET)
                            .rotationRules(rules -> rules.automaticallyAfterDays(30L))
                            .rotateImmediately(true));
                default -> {
                    world.secrets.rotateSecret(request -> request.secretId(RotationWorld.SECRET)
                            .rotationRules(rules -> rules.automaticallyAfterDays(1L))
                            .rotateImmediately(false));
                    world.move(Instant.parse("2026-12-02T10:00:00Z"));
                }
            }
            world.minutes(15);
            assertThat(world.current()).isEqualTo(before);
            assertThat(world.letsIn(world.first())).isTrue();
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).doesNotContainKey("AWSPENDING");
            assertThat(world.stories())
                    .singleElement()
                    .asString()
                    .contains("was not changed", "no window is open; the next, night, opens at 2026-12-06T01:00:00Z");
        }
    }

    /** Whoever refused it was cut off before the label was gone; meanwhile a window opens. */
    @Test
    void refusesAgainWhatItRefused() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            String before = world.current();
            world.move(Instant.parse("2026-11-29T00:59:00Z"));
            world.aws.faults().oneIn(1, "SecretsManager.UpdateSecretVersionStage", Fault.FAILS_BEFORE);
            world.rotateByHand();
            world.aws.faults().clear();
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).containsKey("AWSPENDING");
            world.move(RotationWorld.IN_THE_WINDOW);
            world.aws.secrets().rotations().runDue();
            assertThat(world.current()).isEqualTo(before);
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).doesNotContainKey("AWSPENDING");
        }
    }

    @Test
    void tellsOnInAnotherMessageWhenSomebodyTookTheFirstAway() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.minutes(2);
            world.workspace.delete(world.messages().getFirst());
            world.minutes(5);
            assertThat(world.stories()).singleElement().asString().contains("has changed");
            assertThat(world.lines().getLast()).contains("not let in any more");
        }
    }

    @Test
    void saysWhatIsLeftWhenSomebodyGoesOnByHand() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL, "10m", Optional.empty())) {
            world.minutes(5);
            String edited = world.current().replace("kept", "edited");
            world.secrets.putSecretValue(
                    request -> request.secretId(RotationWorld.SECRET).secretString(edited));
            world.minutes(3);
            assertThat(world.letsIn(world.first())).isTrue();
            assertThat(world.letsIn(DatabaseSecret.read(edited))).isTrue();
            assertThat(world.stories())
                    .anyMatch(story -> story.contains("changed by hand while its password was being changed"))
                    .noneMatch(story -> story.contains("as before"));
            assertThat(world.lines())
                    .anyMatch(line -> line.contains("the database stays as it is until the next rotation"));
        }
    }

    @Test
    void letsTheSettingsBeTestedAtAnyTimeAndChangesNothing() {
        try (var world = new RotationWorld(Way.ALTERNATING_USERS_ON_MYSQL)) {
            String before = world.current();
            world.move(Instant.parse("2026-11-30T10:00:00Z"));
            world.secrets.rotateSecret(
                    request -> request.secretId(RotationWorld.SECRET).rotateImmediately(false));
            world.minutes(2);
            assertThat(world.current()).isEqualTo(before);
            assertThat(world.aws.secrets().rotations().events())
                    .extracting(RotationEvent::name)
                    .contains("TestRotationSucceeded")
                    .doesNotContain("TestRotationFailed", "RotationStarted");
            assertThat(world.messages()).isEmpty();
        }
    }

    @Test
    void goesOnWithWhatSomebodyBeganByHandInAWindow() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.rotateByHand();
            world.minutes(5);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.pods.allHave(DatabaseSecret.read(world.current()))).isTrue();
            assertThat(world.stories()).singleElement().asString().contains("has changed");
        }
    }

    @Test
    void rotatesInAnEmergencyWhateverTimeItIsAndWhateverRings() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.move(Instant.parse("2026-11-30T10:00:00Z"));
            world.alarm("ALARM");
            tag(world, "2026-11-30T11:00:00Z", "ada", "it leaked");
            world.minutes(6);
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.lines().getFirst()).contains("break-glass by ada: it leaked");
            DatabaseSecret second = DatabaseSecret.read(world.current());
            world.minutes(30);
            assertThat(world.current()).isEqualTo(second.text());
        }
    }

    @Test
    void saysWhatIsWrongWithTagsOnce() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.move(Instant.parse("2026-11-30T10:00:00Z"));
            tag(world, "2026-12-30T11:00:00Z", "ada", "it leaked");
            world.minutes(3);
            assertThat(world.stories()).singleElement().asString().contains("more than 4 hours away");
            tag(world, "2026-11-30T11:00:00Z", "", "it leaked");
            world.minutes(3);
            tag(world, "2026-11-30T11:30:00Z", "", "it leaked");
            world.minutes(3);
            assertThat(world.stories()).hasSize(3);
            assertThat(world.letsIn(world.first())).isTrue();
        }
    }

    @Test
    void triesOnceInAWindow() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.databases.refuse("Database.ALTER USER RETAIN", 1819);
            world.minutes(30);
            assertThat(world.letsIn(world.first())).isTrue();
            assertThat(world.stories())
                    .singleElement()
                    .asString()
                    .contains("password policy refuses", "was not changed");
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).doesNotContainKey("AWSPENDING");
            world.move(RotationWorld.IN_THE_WINDOW.plus(DAY.multipliedBy(7)));
            world.minutes(6);
            assertThat(world.letsIn(world.first())).isFalse();
        }
    }

    /** Some people's clocks are in another week. */
    @ParameterizedTest
    @ValueSource(strings = {"PT3M", "-PT3M", "PT168H", "-PT168H"})
    void beginsNothingWhileTheClockIsWrong(Duration off) {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            String before = world.current();
            world.clockIsOff(off);
            world.minutes(2);
            world.rotateByHand();
            world.minutes(2);
            assertThat(world.current()).isEqualTo(before);
            world.clockIsOff(Duration.ZERO);
            world.minutes(2);
            assertThat(world.stories()).anyMatch(story -> story.contains("one of them is wrong"));
        }
    }

    @Test
    void doesNotRotateSecretsOfOthers() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            assertThatThrownBy(() -> world.handle("""
                    {"Step": "createSecret", "SecretId": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:other-AbCdEf",
                     "ClientRequestToken": "5d7bd1a7-5d1d-4a3c-9ed3-000000000000"}"""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not rotate the secret");
            assertThatThrownBy(() -> world.handle("{\"Records\": []}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no step of a rotation");
        }
    }

    @Test
    void saysThatSomebodyChangedTheSecretByHand() {
        try (var world = new RotationWorld(Way.DUAL_PASSWORD_ON_MYSQL)) {
            world.minutes(6);
            String edited = world.current().replace("kept", "edited");
            world.secrets.putSecretValue(
                    request -> request.secretId(RotationWorld.SECRET).secretString(edited));
            world.minutes(3);
            assertThat(world.stories()).hasSize(2).anyMatch(story -> story.contains("was changed by hand"));
        }
    }

    private static void tag(RotationWorld world, String until, String by, String why) {
        Map<String, String> tags = Map.of(BreakGlass.UNTIL, until, BreakGlass.BY, by, BreakGlass.WHY, why);
        world.secrets.tagResource(request -> request.secretId(RotationWorld.SECRET)
                .tags(tags.entrySet().stream()
                        .map(tag -> software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }
}
