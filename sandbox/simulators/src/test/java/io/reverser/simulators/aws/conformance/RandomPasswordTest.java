package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;

/**
 * Rules for the passwords that GetRandomPassword generates.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html">GetRandomPassword</a>
 */
class RandomPasswordTest {

    private final SecretsManagerClient secrets = ConformanceTarget.client(SecretsManagerClient.builder());

    @AfterEach
    void close() {
        secrets.close();
    }

    @Test
    void hasThirtyTwoCharactersOfAllTypes() {
        assertThat(Stream.generate(() -> password(request -> {})).limit(10))
                .allSatisfy(password -> assertThat(password)
                        .hasSize(32)
                        .matches("\\p{ASCII}*")
                        .doesNotContain(" ")
                        .containsPattern("[a-z]")
                        .containsPattern("[A-Z]")
                        .containsPattern("[0-9]")
                        .containsPattern("\\p{Punct}"));
    }

    @Test
    void excludesCharacters() {
        assertThat(password(request -> request.passwordLength(4096L)
                        .excludePunctuation(true)
                        .excludeUppercase(true)
                        .excludeCharacters("abc123")))
                .hasSize(4096)
                .matches("[d-z04-9]*");
    }

    @Test
    void includesSpacesOnRequest() {
        assertThat(password(request -> request.passwordLength(4096L)
                        .excludeLowercase(true)
                        .excludeUppercase(true)
                        .excludePunctuation(true)
                        .includeSpace(true)))
                .matches("[\\d ]*")
                .contains(" ");
    }

    @Test
    void rejectsInvalidLengths() {
        TestSecret.assertRefused(() -> password(request -> request.passwordLength(0L)));
        TestSecret.assertRefused(() -> password(request -> request.passwordLength(4097L)));
    }

    @Test
    void rejectsTheExclusionOfAllCharacters() {
        TestSecret.assertRefused(() -> password(request -> request.excludeNumbers(true)
                .excludePunctuation(true)
                .excludeUppercase(true)
                .excludeLowercase(true)));
    }

    @Test
    void mustBeLongEnoughForEachRequiredType() {
        TestSecret.assertRefused(() -> password(request -> request.passwordLength(3L)));
        assertThat(password(request -> request.passwordLength(3L).requireEachIncludedType(false)))
                .hasSize(3);
    }

    private String password(Consumer<GetRandomPasswordRequest.Builder> choice) {
        return secrets.getRandomPassword(choice).randomPassword();
    }
}
