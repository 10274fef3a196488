package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** A secret for a test, which is deleted after the test. */
final class TestSecret implements AutoCloseable {

    /** The ID of the secret's first version. */
    static final String FIRST_VERSION = "11111111-1111-1111-1111-111111111111";

    final SecretsManagerClient client = ConformanceTarget.client(SecretsManagerClient.builder());
    final String name = ConformanceTarget.unique();

    private final Set<String> names = new LinkedHashSet<>(Set.of(name));

    /**
     * Asserts that a call fails with status 400. The error code is not checked, because AWS does not document the code
     * for values that are out of range.
     */
    static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SecretsManagerException.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(400));
    }

    CreateSecretResponse create(String value) {
        return create(name, value);
    }

    /** Creates another secret, which is also deleted after the test. */
    CreateSecretResponse create(String other, String value) {
        names.add(other);
        return client.createSecret(
                request -> request.name(other).secretString(value).clientRequestToken(FIRST_VERSION));
    }

    /** Puts a value into the secret and returns the ID of the new version. */
    String put(Consumer<PutSecretValueRequest.Builder> more) {
        return client.putSecretValue(request -> more.accept(request.secretId(name)))
                .versionId();
    }

    GetSecretValueResponse value(Consumer<GetSecretValueRequest.Builder> more) {
        return client.getSecretValue(request -> more.accept(request.secretId(name)));
    }

    DescribeSecretResponse describe() {
        return client.describeSecret(request -> request.secretId(name));
    }

    /** The IDs of all versions that have labels, each with its labels. */
    Map<String, List<String>> versions() {
        return describe().versionIdsToStages();
    }

    @Override
    public void close() {
        names.forEach(this::delete);
        client.close();
    }

    /**
     * Deletes a secret. Tolerates errors: unlike AWS, some emulators reject the deletion of a missing secret, and some
     * tests use invalid names.
     */
    private void delete(String id) {
        try {
            client.deleteSecret(request -> request.secretId(id).forceDeleteWithoutRecovery(true));
        } catch (SecretsManagerException missing) {
            assertThat(missing.statusCode()).isBetween(400, 499);
        }
    }
}
