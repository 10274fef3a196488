package io.reverser.simulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SecretsManagerTest {

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @Test
    void givesASecretOut() {
        aws.secrets().put("slack", "value");
        assertThat(secrets.getSecretValue(request -> request.secretId("slack")).secretString())
                .isEqualTo("value");
        assertThatThrownBy(() -> secrets.getSecretValue(request -> request.secretId("other")))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
