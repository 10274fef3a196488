package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Rules for the creation, lookup and deletion of secrets.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html">CreateSecret</a>
 */
class SecretsTest {

    private static final String CANARY = "canary-0123456789";

    private final TestSecret secret = new TestSecret();

    @AfterEach
    void close() {
        secret.close();
    }

    @Test
    void haveAnArnWithARandomSuffix() {
        CreateSecretResponse created = secret.create("one");
        assertThat(created.arn()).matches("arn:.*:secret:" + secret.name + "-[A-Za-z0-9]{6}");
        assertThat(created.versionId()).isEqualTo(TestSecret.FIRST_VERSION);
    }

    @Test
    void areReturnedWithTheirVersion() {
        CreateSecretResponse created = secret.create("one");
        assertThat(secret.value(request -> {})).satisfies(value -> {
            assertThat(value.arn()).isEqualTo(created.arn());
            assertThat(value.name()).isEqualTo(secret.name);
            assertThat(value.versionId()).isEqualTo(TestSecret.FIRST_VERSION);
            assertThat(value.versionStages()).containsExactly("AWSCURRENT");
            assertThat(value.secretString()).isEqualTo("one");
            assertThat(value.createdDate()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void areCreatedOnceForOneToken() {
        CreateSecretResponse created = secret.create("one");
        CreateSecretResponse again = secret.create("one");
        assertThat(again.arn()).isEqualTo(created.arn());
        assertThat(again.versionId()).isEqualTo(TestSecret.FIRST_VERSION);
    }

    @Test
    void areUniqueByName() {
        secret.create("one");
        assertThatThrownBy(() -> secret.create("two")).isInstanceOf(ResourceExistsException.class);
        assertThatThrownBy(() -> secret.client.createSecret(
                        request -> request.name(secret.name).secretString("one")))
                .isInstanceOf(ResourceExistsException.class);
    }

    @Test
    void areFoundByNameArnAndPartialArn() {
        String arn = secret.create("one").arn();
        assertThat(List.of(secret.name, arn, withoutSuffix(arn)))
                .allMatch(id ->
                        secret.value(request -> request.secretId(id)).arn().equals(arn));
    }

    @Test
    void areNotFoundByAnArnWithAnotherSuffix() {
        String other = withoutSuffix(secret.create("one").arn()) + "-AbCdEf";
        assertThatThrownBy(() -> secret.value(request -> request.secretId(other)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    /**
     * The user guide of Secrets Manager warns of secret names that end in a hyphen and six characters, like the suffix
     * of an ARN.
     */
    @Test
    void areNotFoundByAPartialArnThatLooksComplete() {
        String arn = secret.create(secret.name + "-secret", "x").arn();
        assertThatThrownBy(() -> secret.value(request -> request.secretId(withoutSuffix(arn))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void areNotFoundBeforeTheyExist() {
        assertThatThrownBy(() -> secret.value(request -> {}))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Secrets Manager can't find the specified secret.");
    }

    @Test
    void canBeCreatedWithoutAValue() {
        assertThat(secret.client
                        .createSecret(request -> request.name(secret.name))
                        .versionId())
                .isNull();
        assertThatThrownBy(() -> secret.value(request -> {}))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("secret value for staging label: AWSCURRENT");
    }

    @Test
    void attachTheCurrentLabelToTheirFirstValue() {
        secret.client.createSecret(request -> request.name(secret.name));
        secret.put(request -> request.secretString("first").versionStages("mine"));
        assertThat(secret.value(request -> {}).versionStages()).containsExactlyInAnyOrder("AWSCURRENT", "mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "ümlaut", "a:b"})
    void rejectInvalidNames(String name) {
        assertThatThrownBy(() -> secret.create(name, CANARY))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("Invalid name")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void haveNoRotationByDefault() {
        secret.create("one");
        assertThat(secret.describe()).satisfies(shown -> {
            assertThat(shown.rotationLambdaARN()).isNull();
            assertThat(shown.rotationRules()).isNull();
            assertThat(shown.lastRotatedDate()).isNull();
            assertThat(shown.nextRotationDate()).isNull();
            assertThat(shown.deletedDate()).isNull();
        });
    }

    @Test
    void requireAFunctionForRotation() {
        secret.create("one");
        assertThatThrownBy(() -> secret.client.rotateSecret(request -> request.secretId(secret.name)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No Lambda rotation function ARN");
    }

    @Test
    void canOnlyBeDescribedWhenScheduledForDeletion() {
        secret.create("one");
        Instant deletion = secret.client
                .deleteSecret(request -> request.secretId(secret.name).recoveryWindowInDays(7L))
                .deletionDate();
        assertThat(deletion).isCloseTo(Instant.now().plus(7, ChronoUnit.DAYS), within(1, ChronoUnit.HOURS));
        assertThat(secret.describe().deletedDate()).isNotNull();
        assertThatThrownBy(() -> secret.value(request -> {})).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> secret.put(request -> request.secretString("two")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> secret.create("one")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void canBeDeletedWithoutRecovery() {
        secret.create("one");
        secret.client.deleteSecret(request -> request.secretId(secret.name).forceDeleteWithoutRecovery(true));
        assertThatThrownBy(secret::describe).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void canBeForceDeletedEvenIfMissing() {
        assertThat(secret.client
                        .deleteSecret(request -> request.secretId(secret.name).forceDeleteWithoutRecovery(true))
                        .deletionDate())
                .isNotNull();
        assertThatThrownBy(() -> secret.client.deleteSecret(request -> request.secretId(secret.name)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void rejectInvalidRecoveryWindows() {
        secret.create("one");
        TestSecret.assertRefused(() -> secret.client.deleteSecret(request ->
                request.secretId(secret.name).recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)));
        for (long days : List.of(6L, 31L)) {
            TestSecret.assertRefused(() -> secret.client.deleteSecret(
                    request -> request.secretId(secret.name).recoveryWindowInDays(days)));
        }
    }

    private static String withoutSuffix(String arn) {
        return arn.substring(0, arn.length() - 7);
    }
}
