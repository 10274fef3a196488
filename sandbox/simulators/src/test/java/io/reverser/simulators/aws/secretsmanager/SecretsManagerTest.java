package io.reverser.simulators.aws.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.endpoint.SdkClients;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

/**
 * Tests how secrets change over time, and how they are used without the API. The package {@code conformance} tests the
 * rules that are visible through the API of Secrets Manager.
 */
class SecretsManagerTest {

    private static final String TOKEN = "11111111-1111-1111-1111-111111111111";

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = SdkClients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @Test
    void returnsValuesThatWereSetOutOfBand() {
        aws.secretsManager().putSecret("app", "value");
        assertThat(value("app").secretString()).isEqualTo("value");
    }

    @Test
    void usesItsClockForDates() {
        aws.clock().move(Duration.ofDays(100));
        Instant created = aws.clock().instant();
        create("app", "one");
        aws.clock().move(Duration.ofDays(3));
        put(request -> request.secretString("two"));
        assertThat(described()).satisfies(shown -> {
            assertThat(shown.name()).isEqualTo("app");
            assertThat(shown.arn()).isEqualTo(aws.secretsManager().arn("app"));
            assertThat(shown.createdDate()).isCloseTo(created, within(5, ChronoUnit.SECONDS));
            assertThat(shown.lastChangedDate())
                    .isCloseTo(created.plus(Duration.ofDays(3)), within(5, ChronoUnit.SECONDS));
            assertThat(shown.lastAccessedDate()).isNull();
        });
        value("app");
        assertThat(described().lastAccessedDate())
                .isEqualTo(aws.clock().instant().truncatedTo(ChronoUnit.DAYS));
    }

    @Test
    void deletesOldVersionsWithoutLabels() {
        create("app", "one");
        IntStream.range(0, 110).forEach(i -> aws.secretsManager().putSecret("app", "value " + i));
        assertThat(listed(request -> request.includeDeprecated(true))).hasSize(111);
        aws.clock().move(Duration.ofDays(2));
        aws.secretsManager().putSecret("app", "last");
        assertThat(listed(request -> request.includeDeprecated(true)))
                .hasSize(102)
                .doesNotContain(TOKEN);
    }

    @Test
    void deletesASecretAfterItsRecoveryWindow() {
        String arn = create("app", "one").arn();
        secrets.deleteSecret(request -> request.secretId("app").recoveryWindowInDays(7L));
        aws.clock().move(Duration.ofDays(6));
        assertThat(described().deletedDate()).isNotNull();
        aws.clock().move(Duration.ofDays(2));
        assertThatThrownBy(this::described).isInstanceOf(ResourceNotFoundException.class);
        assertThat(create("app", "one").arn()).isNotEqualTo(arn);
    }

    @Test
    void canBeReadWithoutTheApi() {
        aws.secretsManager().putSecret("app", "one");
        aws.secretsManager().putSecret("app", "two");
        assertThat(aws.secretsManager().value("app", "AWSCURRENT")).contains("two");
        assertThat(aws.secretsManager().value("app", "AWSPREVIOUS")).contains("one");
        assertThat(aws.secretsManager().value("app", "AWSPENDING")).isEqualTo(Optional.empty());
        assertThat(aws.faults().calls()).isEmpty();
    }

    private CreateSecretResponse create(String name, String value) {
        return secrets.createSecret(
                request -> request.name(name).secretString(value).clientRequestToken(TOKEN));
    }

    private String put(Consumer<PutSecretValueRequest.Builder> more) {
        return secrets.putSecretValue(request -> more.accept(request.secretId("app")))
                .versionId();
    }

    private GetSecretValueResponse value(String id) {
        return secrets.getSecretValue(request -> request.secretId(id));
    }

    private DescribeSecretResponse described() {
        return secrets.describeSecret(request -> request.secretId("app"));
    }

    private List<String> listed(Consumer<ListSecretVersionIdsRequest.Builder> more) {
        return secrets.listSecretVersionIdsPaginator(request -> more.accept(request.secretId("app"))).stream()
                .flatMap(page -> page.versions().stream())
                .map(SecretVersionsListEntry::versionId)
                .toList();
    }
}
