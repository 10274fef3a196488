package io.reverser.simulators.aws.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.endpoint.SdkClients;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.RotateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Tests how Secrets Manager invokes a rotation function. The test and the function call Secrets Manager through the AWS
 * SDK.
 */
class RotationEngineTest {

    private static final List<String> ALL = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final String TOKEN = "11111111-1111-1111-1111-111111111111";
    private static final String CANARY = "canary-0123456789";
    private static final Duration PAUSE = Duration.ofSeconds(100);

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = SdkClients.client(SecretsManagerClient.builder(), aws);
    private final ScriptedRotationFunction function = new ScriptedRotationFunction(secrets);
    private String first = "";

    @BeforeEach
    void secret() {
        aws.secretsManager().putSecret("app", "old");
        first = secrets.getSecretValue(request -> request.secretId("app")).versionId();
        aws.secretsManager().rotations().setInvoker(function);
    }

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @Test
    void runsFourSteps() {
        rotate();
        assertThat(labels()).isEqualTo("AWSCURRENT=first AWSPENDING=new");
        assertThat(function.events).isEmpty();
        run();
        assertThat(function.steps()).isEqualTo(ALL);
        assertThat(function.events).allSatisfy(event -> {
            assertThat(event.path("SecretId").asText())
                    .isEqualTo(aws.secretsManager().arn("app"));
            assertThat(event.path("ClientRequestToken").asText()).isEqualTo(TOKEN);
            assertThat(event.path("RotationToken").asText()).hasSizeBetween(36, 256);
        });
        assertThat(events()).containsExactly("RotationStarted", "RotationSucceeded");
        assertThat(labels()).isEqualTo("AWSCURRENT=new AWSPENDING=new AWSPREVIOUS=first");
        assertThat(aws.secretsManager().value("app", "AWSCURRENT")).contains("made for " + TOKEN);
        assertThat(described().lastRotatedDate()).isCloseTo(aws.clock().instant(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void acceptsAPendingLabelThatIsKeptOrRemoved() {
        rotate();
        function.runAfterStep("finishSecret", () -> dropPending(TOKEN));
        run();
        assertThat(events()).containsExactly("RotationStarted", "RotationSucceeded");
        assertThat(labels()).isEqualTo("AWSCURRENT=new AWSPREVIOUS=first");
        secrets.rotateSecret(request -> request.secretId("app"));
        run();
        assertThat(events()).endsWith("RotationStarted", "RotationSucceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createSecret", "setSecret", "testSecret", "finishSecret"})
    void retriesAllStepsAfterAFailure(String step) {
        function.replaceStep(step, 1, RotationEngineTest::fail);
        rotate();
        run();
        List<String> untilThen = ALL.subList(0, ALL.indexOf(step) + 1);
        assertThat(function.steps()).isEqualTo(untilThen);
        aws.clock().move(PAUSE.minusSeconds(5));
        run();
        assertThat(function.steps()).isEqualTo(untilThen);
        aws.clock().move(Duration.ofSeconds(5));
        run();
        assertThat(function.steps())
                .isEqualTo(Stream.of(untilThen, ALL).flatMap(List::stream).toList());
        assertThat(events()).containsExactly("RotationStarted", "RotationSucceeded");
    }

    @ParameterizedTest
    @CsvSource({"createSecret, false", "setSecret, true", "testSecret, true", "finishSecret, true"})
    void stopsAfterFiveAttemptsAndKeepsTheLabels(String step, boolean hasValue) {
        function.replaceStep(step, 100, RotationEngineTest::fail);
        rotate();
        fiveTries();
        assertThat(Collections.frequency(function.steps(), step)).isEqualTo(5);
        assertThat(aws.secretsManager().rotations().events()).last().satisfies(event -> {
            assertThat(event.name()).isEqualTo("RotationFailed");
            assertThat(event.version()).isEqualTo(TOKEN);
            assertThat(event.secretArn()).isEqualTo(aws.secretsManager().arn("app"));
            assertThat(event.message())
                    .contains(step, ScriptedRotationFunction.ARN)
                    .doesNotContain(CANARY);
        });
        assertThat(labels()).isEqualTo("AWSCURRENT=first AWSPENDING=new");
        assertThat(aws.secretsManager().value("app", "AWSPENDING").isPresent()).isEqualTo(hasValue);
        assertThat(described().lastRotatedDate()).isNull();
        aws.clock().move(Duration.ofDays(1));
        run();
        assertThat(Collections.frequency(function.steps(), step)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"createSecret, was not created", "finishSecret, was not made the current one"})
    void failsWhenAStepHasNoEffect(String step, String why) {
        function.replaceStep(step, 5, () -> {});
        rotate();
        fiveTries();
        assertThat(events()).containsExactly("RotationStarted", "RotationFailed");
        assertThat(aws.secretsManager().rotations().events().getLast().message())
                .contains(TOKEN, why);
    }

    @Test
    void succeedsWhenTheResponseOfTheLastStepIsLost() {
        function.runAfterStep("finishSecret", RotationEngineTest::fail);
        rotate();
        run();
        assertThat(labels()).isEqualTo("AWSCURRENT=new AWSPENDING=new AWSPREVIOUS=first");
        assertThat(events()).containsExactly("RotationStarted");
        aws.clock().move(PAUSE);
        run();
        assertThat(function.steps()).hasSize(8);
        assertThat(events()).containsExactly("RotationStarted", "RotationSucceeded");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            createSecret, drop,    AWSCURRENT=first
            setSecret,    drop,    AWSCURRENT=first
            setSecret,    put,     AWSCURRENT=other AWSPREVIOUS=first
            testSecret,   pending, AWSCURRENT=first AWSPENDING=other
            finishSecret, put,     AWSCURRENT=other AWSPREVIOUS=new
            """)
    void isAbandonedWhenItsPendingLabelMoves(String step, String action, String labels) {
        function.runAfterStep(step, () -> interfere(action));
        rotate();
        run();
        assertThat(events()).containsExactly("RotationStarted", "RotationAbandoned");
        assertThat(function.steps()).endsWith(step);
        assertThat(labels()).isEqualTo(labels);
        aws.clock().move(Duration.ofDays(1));
        run();
        assertThat(function.steps()).endsWith(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "put", "pending"})
    void isAbandonedBeforeARetry(String action) {
        function.replaceStep("setSecret", 1, RotationEngineTest::fail);
        rotate();
        run();
        interfere(action);
        run();
        assertThat(events()).containsExactly("RotationStarted", "RotationAbandoned");
    }

    /**
     * A rotation function that rejects a rotation removes the label AWSPENDING from the rotation's version, and throws
     * an exception.
     */
    @Test
    void isNotRetriedWithoutItsLabel() {
        function.replaceStep("createSecret", 1, () -> {
            dropPending(TOKEN);
            fail();
        });
        rotate();
        fiveTries();
        assertThat(function.steps()).containsExactly("createSecret");
        assertThat(events()).containsExactly("RotationStarted", "RotationAbandoned");
        secrets.rotateSecret(request -> request.secretId("app"));
        run();
        assertThat(events()).endsWith("RotationSucceeded");
    }

    @Test
    void stagesAnEmptyPendingVersion() {
        function.replaceStep(
                "createSecret",
                1,
                () -> assertThatThrownBy(() -> secrets.getSecretValue(request ->
                                request.secretId("app").versionId(TOKEN).versionStage("AWSPENDING")))
                        .hasMessageContaining("can't find the specified secret value for VersionId: " + TOKEN));
        rotate();
        run();
        assertThat(described().versionIdsToStages()).containsEntry(TOKEN, List.of("AWSPENDING"));
        assertThatThrownBy(() -> secrets.getSecretValue(
                        request -> request.secretId("app").versionStage("AWSPENDING")))
                .hasMessageContaining("can't find the specified secret value for staging label: AWSPENDING");
        assertThat(function.steps()).containsExactly("createSecret");
    }

    @Test
    void rejectsASecondRotationAndRetriesTheFirst() {
        function.replaceStep("setSecret", 5, RotationEngineTest::fail);
        rotate();
        fiveTries();
        assertThatThrownBy(() -> secrets.rotateSecret(request -> request.secretId("app")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("A previous rotation isn't complete. That rotation will be reattempted.");
        run();
        assertThat(labels()).startsWith("AWSCURRENT=new");
        assertThat(events()).containsExactly("RotationStarted", "RotationFailed", "RotationSucceeded");
    }

    @Test
    void canStartAgainAfterThePendingLabelIsRemoved() {
        function.replaceStep("setSecret", 5, RotationEngineTest::fail);
        rotate();
        fiveTries();
        dropPending(TOKEN);
        secrets.rotateSecret(request -> request.secretId("app"));
        run();
        assertThat(events()).endsWith("RotationStarted", "RotationSucceeded");
    }

    /**
     * When AWSCURRENT moves back to the earlier version, AWSPENDING stays on the newer version. Secrets Manager
     * therefore assumes that a rotation is running.
     */
    @Test
    void takesARollbackForARunningRotation() {
        rotate();
        run();
        secrets.updateSecretVersionStage(request -> request.secretId("app")
                .versionStage("AWSCURRENT")
                .moveToVersionId(first)
                .removeFromVersionId(TOKEN));
        assertThat(labels()).isEqualTo("AWSCURRENT=first AWSPENDING=new AWSPREVIOUS=new");
        assertThatThrownBy(() -> secrets.rotateSecret(request -> request.secretId("app")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void rotatesOnceForOneToken() {
        aws.faults().injectNext("SecretsManager.RotateSecret", Fault.ERROR_AFTER_EFFECT, 1);
        assertThatThrownBy(this::rotate)
                .isInstanceOfSatisfying(
                        SecretsManagerException.class,
                        failure -> assertThat(failure.statusCode()).isEqualTo(500));
        rotate();
        run();
        rotate();
        run();
        assertThat(function.steps()).isEqualTo(ALL);
    }

    @Test
    void testsTheSettingsAndKeepsNoVersion() {
        rotate(request -> request.rotateImmediately(false));
        assertThat(labels()).isEqualTo("AWSCURRENT=first AWSPENDING=new");
        run();
        assertThat(function.steps()).containsExactly("testSecret");
        assertThat(events()).containsExactly("TestRotationStarted", "TestRotationSucceeded");
        assertThat(labels()).isEqualTo("AWSCURRENT=first");
        assertThat(secrets.listSecretVersionIds(
                                request -> request.secretId("app").includeDeprecated(true))
                        .versions())
                .hasSize(1);
        assertThat(described().rotationEnabled()).isTrue();
        assertThat(described().lastRotatedDate()).isNull();
    }

    @Test
    void doesNotRetryAFailedTest() {
        function.replaceStep("testSecret", 1, RotationEngineTest::fail);
        rotate(request -> request.rotateImmediately(false));
        fiveTries();
        assertThat(function.steps()).containsExactly("testSecret");
        assertThat(events()).containsExactly("TestRotationStarted", "TestRotationFailed");
        assertThat(labels()).isEqualTo("AWSCURRENT=first");
    }

    @Test
    void stopsWhenItIsCancelled() {
        function.replaceStep("setSecret", 1, RotationEngineTest::fail);
        rotate();
        run();
        assertThat(secrets.cancelRotateSecret(request -> request.secretId("app"))
                        .versionId())
                .isEqualTo(TOKEN);
        fiveTries();
        assertThat(function.steps()).containsExactly("createSecret", "setSecret");
        assertThat(events()).containsExactly("RotationStarted");
        assertThat(labels()).isEqualTo("AWSCURRENT=first AWSPENDING=new");
        assertThat(described()).satisfies(shown -> {
            assertThat(shown.rotationEnabled()).isFalse();
            assertThat(shown.rotationLambdaARN()).isEqualTo(ScriptedRotationFunction.ARN);
            assertThat(shown.rotationRules().automaticallyAfterDays()).isEqualTo(30);
            assertThat(shown.nextRotationDate()).isNull();
        });
        assertThatThrownBy(this::rotateAgain).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void ignoresTheStepDuringWhichItWasCancelled() {
        function.runAfterStep("setSecret", () -> secrets.cancelRotateSecret(request -> request.secretId("app")));
        rotate();
        run();
        assertThat(function.steps()).containsExactly("createSecret", "setSecret");
    }

    @Test
    void rejectsAnInvalidFunctionArn() {
        assertThatThrownBy(() ->
                        secrets.rotateSecret(request -> request.secretId("app").rotationLambdaARN("rotation")))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(described().rotationEnabled()).isNull();
    }

    @Test
    void rotatesOnSchedule() {
        rotate();
        run();
        Instant next = described().nextRotationDate();
        assertThat(next)
                .isEqualTo(aws.clock()
                        .instant()
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(31, ChronoUnit.DAYS)
                        .minusSeconds(1));
        moveTo(next.minusSeconds(60));
        run();
        assertThat(function.steps()).hasSize(4);
        moveTo(next);
        run();
        assertThat(function.steps()).hasSize(8);
        assertThat(described().nextRotationDate()).isAfter(next.plus(29, ChronoUnit.DAYS));
        assertThat(described().lastRotatedDate()).isCloseTo(next, within(5, ChronoUnit.SECONDS));
        assertThat(events())
                .containsExactly("RotationStarted", "RotationSucceeded", "RotationStarted", "RotationSucceeded");
    }

    @Test
    void keepsThePastDateAfterAFailure() {
        rotate();
        run();
        Instant next = described().nextRotationDate();
        moveTo(next);
        function.replaceStep("createSecret", 5, RotationEngineTest::fail);
        fiveTries();
        assertThat(events()).endsWith("RotationStarted", "RotationFailed");
        aws.clock().move(Duration.ofDays(100));
        run();
        assertThat(events()).hasSize(4);
        assertThat(described().nextRotationDate()).isEqualTo(next);
    }

    @Test
    void countsANewValueAsARotation() {
        rotate();
        run();
        Instant next = described().nextRotationDate();
        aws.clock().move(Duration.ofDays(10));
        secrets.putSecretValue(request -> request.secretId("app").secretString("by hand"));
        assertThat(described().nextRotationDate()).isEqualTo(next.plus(10, ChronoUnit.DAYS));
        moveTo(next.plusSeconds(60));
        run();
        assertThat(function.steps()).hasSize(4);
    }

    @Test
    void rotatesSecretsConcurrently() {
        aws.secretsManager().putSecret("other", "old");
        function.replaceStep("setSecret", 1, RotationEngineTest::fail);
        rotate();
        secrets.rotateSecret(request -> request.secretId("other").rotationLambdaARN(ScriptedRotationFunction.ARN));
        run();
        assertThat(aws.secretsManager().value("other", "AWSPREVIOUS")).contains("old");
        assertThat(labels()).isEqualTo("AWSCURRENT=first AWSPENDING=new");
        aws.clock().move(PAUSE);
        run();
        assertThat(labels()).startsWith("AWSCURRENT=new");
    }

    @Test
    void endsWhenItsSecretIsDeleted() {
        function.replaceStep("setSecret", 1, RotationEngineTest::fail);
        rotate();
        run();
        secrets.deleteSecret(request -> request.secretId("app"));
        aws.clock().move(Duration.ofDays(60));
        run();
        assertThat(function.steps()).containsExactly("createSecret", "setSecret");
    }

    @Test
    void runsInTheBackground() {
        aws.secretsManager().rotations().start();
        rotate();
        await().until(() -> events().contains("RotationSucceeded"));
        assertThat(labels()).startsWith("AWSCURRENT=new");
    }

    @Test
    void doesNotDeadlockWithItsFunction() {
        function.runAfterStep("createSecret", this::run);
        rotate();
        run();
        assertThat(function.steps()).isEqualTo(ALL);
    }

    private void interfere(String action) {
        switch (action) {
            case "drop" -> dropPending(TOKEN);
            case "put" ->
                secrets.putSecretValue(request -> request.secretId("app").secretString("other"));
            default ->
                secrets.putSecretValue(
                        request -> request.secretId("app").secretString("other").versionStages("AWSPENDING"));
        }
    }

    private void dropPending(String version) {
        secrets.updateSecretVersionStage(
                request -> request.secretId("app").versionStage("AWSPENDING").removeFromVersionId(version));
    }

    private void rotate() {
        rotate(request -> {});
    }

    private void rotate(Consumer<RotateSecretRequest.Builder> more) {
        secrets.rotateSecret(request -> more.accept(request.secretId("app")
                .clientRequestToken(TOKEN)
                .rotationLambdaARN(ScriptedRotationFunction.ARN)
                .rotationRules(
                        RotationRulesType.builder().automaticallyAfterDays(30L).build())));
    }

    private void rotateAgain() {
        secrets.rotateSecret(request -> request.secretId("app"));
    }

    private void run() {
        aws.secretsManager().rotations().runDue();
    }

    private void fiveTries() {
        for (int i = 0; i < 5; i++) {
            run();
            aws.clock().move(PAUSE);
        }
        run();
    }

    private void moveTo(Instant time) {
        aws.clock().move(Duration.between(aws.clock().instant(), time).plusMillis(1));
    }

    private List<String> events() {
        return aws.secretsManager().rotations().events().stream()
                .map(RotationEvent::name)
                .toList();
    }

    private DescribeSecretResponse described() {
        return secrets.describeSecret(request -> request.secretId("app"));
    }

    /** Returns all labels of the secret, each with a short name of the version that it is attached to. */
    private String labels() {
        return String.join(
                " ",
                aws.secretsManager().stagingLabels("app").entrySet().stream()
                        .map(label -> label.getKey() + "=" + nameOf(label.getValue()))
                        .toList());
    }

    private String nameOf(@Nullable String version) {
        return first.equals(version) ? "first" : TOKEN.equals(version) ? "new" : "other";
    }

    private static void fail() {
        throw new IllegalStateException("Failed with " + CANARY);
    }
}
