package io.reverser.simulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;

class RandomPasswordTest {

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @RepeatedTest(10)
    void hasThirtyTwoCharactersOfEveryKind() {
        assertThat(password(request -> {}))
                .hasSize(32)
                .matches("\\p{ASCII}*")
                .doesNotContain(" ")
                .containsPattern("[a-z]")
                .containsPattern("[A-Z]")
                .containsPattern("[0-9]")
                .containsPattern("\\p{Punct}");
    }

    @Test
    void leavesOutWhatItIsTold() {
        assertThat(password(request -> request.passwordLength(4096L)
                        .excludePunctuation(true)
                        .excludeUppercase(true)
                        .excludeCharacters("abc123")))
                .hasSize(4096)
                .matches("[d-z04-9]*");
        assertThat(password(request -> request.passwordLength(2L)
                        .excludeLowercase(true)
                        .excludeUppercase(true)
                        .excludePunctuation(true)
                        .includeSpace(true)))
                .matches("\\d | \\d");
    }

    @Test
    void refusesLengthsAndChoicesThatLeaveNothing() {
        refuses(request -> request.passwordLength(0L));
        refuses(request -> request.passwordLength(4097L));
        refuses(request -> request.passwordLength(3L));
        refuses(request -> request.excludeNumbers(true)
                .excludePunctuation(true)
                .excludeUppercase(true)
                .excludeLowercase(true));
        assertThat(password(request -> request.passwordLength(3L).requireEachIncludedType(false)))
                .hasSize(3);
    }

    private void refuses(Consumer<GetRandomPasswordRequest.Builder> choice) {
        assertThatThrownBy(() -> password(choice)).isInstanceOf(InvalidParameterException.class);
    }

    private String password(Consumer<GetRandomPasswordRequest.Builder> choice) {
        return secrets.getRandomPassword(choice).randomPassword();
    }
}
