package io.reverser.rotation.rotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.rotation.rotator.RotationHarness.Variant;
import io.reverser.rotation.rotator.admission.BreakGlass;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.simulators.aws.secretsmanager.RotationEvent;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests whole rotations, minute by minute, and the triggers that may start a rotation. */
@Execution(ExecutionMode.CONCURRENT)
class RotationHandlerTest {

    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @EnumSource
    void rotatesWithoutRefusedLogins(Variant variant) {
        try (var harness = new RotationHarness(variant)) {
            DatabaseSecret first = harness.initialSecret();
            harness.minutes(6);
            DatabaseSecret now = DatabaseSecret.parse(harness.current());
            assertThat(harness.canLogIn(now)).isTrue();
            assertThat(harness.canLogIn(first)).isFalse();
            assertThat(harness.pods.allHave(now)).isTrue();
            // With the strategy single_user, pods that still have the old password cannot log in.
            assertThat(harness.pods.refused().isEmpty()).isEqualTo(variant != Variant.SINGLE_USER_ON_MARIADB);
            assertThat(first.differsOnlyInCredentials(now)).isTrue();
            assertThat(harness.aws.secretsManager().stagingLabels(RotationHarness.SECRET))
                    .doesNotContainKey("AWSPENDING");
            assertThat(harness.rootMessages()).singleElement().asString().contains("has changed");
            assertThat(harness.threadReplies().getLast()).contains("The old password no longer works");
        }
    }

    @Test
    void rotatesAgainWhenDue() {
        try (var harness = new RotationHarness(Variant.ALTERNATING_USERS_ON_MARIADB)) {
            harness.minutes(6);
            DatabaseSecret second = DatabaseSecret.parse(harness.current());
            harness.move(RotationHarness.IN_THE_WINDOW.plus(DAY.multipliedBy(21)));
            harness.minutes(6);
            assertThat(harness.current()).isEqualTo(second.text());
            harness.move(RotationHarness.IN_THE_WINDOW.plus(DAY.multipliedBy(28)));
            harness.minutes(6);
            assertThat(DatabaseSecret.parse(harness.current()).credentials().user())
                    .isEqualTo(harness.initialSecret().credentials().user());
            assertThat(harness.canLogIn(second)).isFalse();
            assertThat(harness.pods.refused()).isEmpty();
        }
    }

    @Test
    void changesNothingOutsideWindows() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            String before = harness.current();
            for (String at : new String[] {"2026-11-29T00:58:00Z", "2026-11-29T03:00:30Z", "2026-11-30T01:10:00Z"}) {
                harness.move(Instant.parse(at));
                harness.minute();
            }
            assertThat(harness.current()).isEqualTo(before);
        }
    }

    /** The triggers are an operator, a deployment that sets rotation rules, and the schedule of Secrets Manager. */
    @ParameterizedTest
    @ValueSource(strings = {"operator", "deployment", "schedule"})
    void rejectsRotationOutsideWindowsAndReportsOnce(String trigger) {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            String before = harness.current();
            harness.move(Instant.parse("2026-11-30T10:00:00Z"));
            switch (trigger) {
                case "operator" -> harness.rotateByHand();
                case "deployment" ->
                    harness.secrets.rotateSecret(request -> request.secretId(RotationHarness.SECRET)
                            .rotationRules(rules -> rules.automaticallyAfterDays(30L))
                            .rotateImmediately(true));
                default -> {
                    harness.secrets.rotateSecret(request -> request.secretId(RotationHarness.SECRET)
                            .rotationRules(rules -> rules.automaticallyAfterDays(1L))
                            .rotateImmediately(false));
                    harness.move(Instant.parse("2026-12-02T10:00:00Z"));
                }
            }
            harness.minutes(15);
            assertThat(harness.current()).isEqualTo(before);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            assertThat(harness.aws.secretsManager().stagingLabels(RotationHarness.SECRET))
                    .doesNotContainKey("AWSPENDING");
            assertThat(harness.rootMessages())
                    .singleElement()
                    .asString()
                    .contains("was not changed", "no window is open; the next, night, opens at 2026-12-06T01:00:00Z");
        }
    }

    /** The process crashes before it has removed the label {@code AWSPENDING}, and then a window opens. */
    @Test
    void rejectsAgainAfterCrashDuringRejection() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            String before = harness.current();
            harness.move(Instant.parse("2026-11-29T00:59:00Z"));
            harness.aws
                    .faults()
                    .injectEveryNth(1, "SecretsManager.UpdateSecretVersionStage", Fault.ERROR_BEFORE_EFFECT);
            harness.rotateByHand();
            harness.aws.faults().clear();
            assertThat(harness.aws.secretsManager().stagingLabels(RotationHarness.SECRET))
                    .containsKey("AWSPENDING");
            harness.move(RotationHarness.IN_THE_WINDOW);
            harness.aws.secretsManager().rotations().runDue();
            assertThat(harness.current()).isEqualTo(before);
            assertThat(harness.aws.secretsManager().stagingLabels(RotationHarness.SECRET))
                    .doesNotContainKey("AWSPENDING");
        }
    }

    @Test
    void postsNewMessageWhenTheFirstWasDeleted() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.minutes(2);
            harness.workspace.delete(harness.messages().getFirst());
            harness.minutes(5);
            assertThat(harness.rootMessages()).singleElement().asString().contains("has changed");
            assertThat(harness.threadReplies().getLast()).contains("The old password no longer works");
        }
    }

    @Test
    void reportsWhatIsLeftWhenSecretChangesDuringBake() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL, "10m", Optional.empty())) {
            harness.minutes(5);
            String edited = harness.current().replace("kept", "edited");
            harness.secrets.putSecretValue(
                    request -> request.secretId(RotationHarness.SECRET).secretString(edited));
            harness.minutes(3);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            assertThat(harness.canLogIn(DatabaseSecret.parse(edited))).isTrue();
            assertThat(harness.rootMessages())
                    .anyMatch(message -> message.contains("was changed by hand during a rotation"))
                    .noneMatch(message -> message.contains("rolled back"));
            assertThat(harness.threadReplies())
                    .anyMatch(line -> line.contains("nothing in the database changes until the next rotation"));
        }
    }

    @Test
    void allowsRotationTestAtAnyTime() {
        try (var harness = new RotationHarness(Variant.ALTERNATING_USERS_ON_MYSQL)) {
            String before = harness.current();
            harness.move(Instant.parse("2026-11-30T10:00:00Z"));
            harness.secrets.rotateSecret(
                    request -> request.secretId(RotationHarness.SECRET).rotateImmediately(false));
            harness.minutes(2);
            assertThat(harness.current()).isEqualTo(before);
            assertThat(harness.aws.secretsManager().rotations().events())
                    .extracting(RotationEvent::name)
                    .contains("TestRotationSucceeded")
                    .doesNotContain("TestRotationFailed", "RotationStarted");
            assertThat(harness.messages()).isEmpty();
        }
    }

    @Test
    void completesRotationStartedByHandInWindow() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.rotateByHand();
            harness.minutes(5);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.pods.allHave(DatabaseSecret.parse(harness.current())))
                    .isTrue();
            assertThat(harness.rootMessages()).singleElement().asString().contains("has changed");
        }
    }

    @Test
    void breakGlassIgnoresWindowsAndAlarms() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.move(Instant.parse("2026-11-30T10:00:00Z"));
            harness.setAlarm("ALARM");
            tag(harness, "2026-11-30T11:00:00Z", "ada", "it leaked");
            harness.minutes(6);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
            assertThat(harness.threadReplies().getFirst()).contains("break-glass by ada: it leaked");
            DatabaseSecret second = DatabaseSecret.parse(harness.current());
            harness.minutes(30);
            assertThat(harness.current()).isEqualTo(second.text());
        }
    }

    @Test
    void reportsInvalidTagsOnce() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.move(Instant.parse("2026-11-30T10:00:00Z"));
            tag(harness, "2026-12-30T11:00:00Z", "ada", "it leaked");
            harness.minutes(3);
            assertThat(harness.rootMessages()).singleElement().asString().contains("more than 4 hours away");
            tag(harness, "2026-11-30T11:00:00Z", "", "it leaked");
            harness.minutes(3);
            tag(harness, "2026-11-30T11:30:00Z", "", "it leaked");
            harness.minutes(3);
            assertThat(harness.rootMessages()).hasSize(3);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
        }
    }

    @Test
    void triesOncePerWindow() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.connector.refuse("Database.ALTER USER RETAIN", 1819);
            harness.minutes(30);
            assertThat(harness.canLogIn(harness.initialSecret())).isTrue();
            assertThat(harness.rootMessages())
                    .singleElement()
                    .asString()
                    .contains("password policy refuses", "was not changed");
            assertThat(harness.aws.secretsManager().stagingLabels(RotationHarness.SECRET))
                    .doesNotContainKey("AWSPENDING");
            harness.move(RotationHarness.IN_THE_WINDOW.plus(DAY.multipliedBy(7)));
            harness.minutes(6);
            assertThat(harness.canLogIn(harness.initialSecret())).isFalse();
        }
    }

    /**
     * The function's clock is wrong by minutes, or by exactly a week, so that it shows a time in the same weekly
     * window.
     */
    @ParameterizedTest
    @ValueSource(strings = {"PT3M", "-PT3M", "PT168H", "-PT168H"})
    void startsNothingWithClockSkew(Duration off) {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            String before = harness.current();
            harness.setClockSkew(off);
            harness.minutes(2);
            harness.rotateByHand();
            harness.minutes(2);
            assertThat(harness.current()).isEqualTo(before);
            harness.setClockSkew(Duration.ZERO);
            harness.minutes(2);
            assertThat(harness.rootMessages()).anyMatch(message -> message.contains("one of them is wrong"));
        }
    }

    @Test
    void rejectsOtherSecrets() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            assertThatThrownBy(() -> harness.invoke("""
                    {"Step": "createSecret", "SecretId": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:other-AbCdEf",
                     "ClientRequestToken": "5d7bd1a7-5d1d-4a3c-9ed3-000000000000"}"""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not rotate the secret");
            assertThatThrownBy(() -> harness.invoke("{\"Records\": []}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a rotation step");
        }
    }

    @Test
    void reportsSecretChangedByHand() {
        try (var harness = new RotationHarness(Variant.DUAL_PASSWORD_ON_MYSQL)) {
            harness.minutes(6);
            String edited = harness.current().replace("kept", "edited");
            harness.secrets.putSecretValue(
                    request -> request.secretId(RotationHarness.SECRET).secretString(edited));
            harness.minutes(3);
            assertThat(harness.rootMessages()).hasSize(2).anyMatch(message -> message.contains("was changed by hand"));
        }
    }

    private static void tag(RotationHarness harness, String until, String by, String why) {
        Map<String, String> tags = Map.of(BreakGlass.UNTIL, until, BreakGlass.BY, by, BreakGlass.WHY, why);
        harness.secrets.tagResource(request -> request.secretId(RotationHarness.SECRET)
                .tags(tags.entrySet().stream()
                        .map(tag -> software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }
}
