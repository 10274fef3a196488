package io.reverser.simulators.aws.conformance;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** A secret of a test, which is gone after it. */
final class OneSecret implements AutoCloseable {

    /** The first version. */
    static final String FIRST = "11111111-1111-1111-1111-111111111111";

    final SecretsManagerClient client = Account.client(SecretsManagerClient.builder());
    final String name = Account.unique();

    CreateSecretResponse create(String value) {
        return client.createSecret(
                request -> request.name(name).secretString(value).clientRequestToken(FIRST));
    }

    /** Puts a value and returns its version. */
    String put(Consumer<PutSecretValueRequest.Builder> more) {
        return client.putSecretValue(request -> more.accept(request.secretId(name)))
                .versionId();
    }

    GetSecretValueResponse value(Consumer<GetSecretValueRequest.Builder> more) {
        return client.getSecretValue(request -> more.accept(request.secretId(name)));
    }

    DescribeSecretResponse described() {
        return client.describeSecret(request -> request.secretId(name));
    }

    /** All versions with labels. */
    Map<String, List<String>> versions() {
        return described().versionIdsToStages();
    }

    @Override
    public void close() {
        delete(name);
        client.close();
    }

    /** Deletes at once, unless it is gone already. */
    void delete(String id) {
        try {
            client.deleteSecret(request -> request.secretId(id).forceDeleteWithoutRecovery(true));
        } catch (ResourceNotFoundException neverMade) {
            return;
        }
    }
}
