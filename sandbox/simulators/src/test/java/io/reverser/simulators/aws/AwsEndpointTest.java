package io.reverser.simulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.aws.Faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class AwsEndpointTest {

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CENTURIES", "DAYS", "SECONDS"})
    void tellsItsOwnTimeInEveryAnswer(ChronoUnit unit) {
        aws.secrets().put("slack", "value");
        Duration ahead = unit == ChronoUnit.CENTURIES ? Duration.ofDays(36_524) : unit.getDuration();
        aws.clock().move(ahead);
        // The header has whole seconds.
        Instant before = aws.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        assertThat(date(get("slack").sdkHttpResponse()))
                .isBetween(before, aws.clock().instant());
        assertThatThrownBy(() -> get("other"))
                .isInstanceOfSatisfying(
                        SecretsManagerException.class,
                        refused -> assertThat(date(refused.awsErrorDetails().sdkHttpResponse()))
                                .isBetween(before, aws.clock().instant()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER", "CALLER_DIES"})
    void cutsTheConnectionInsteadOfAnAnswer(Fault fault) {
        aws.secrets().put("slack", "value");
        get("slack");
        aws.faults().plan("SecretsManager.GetSecretValue", fault, 1);
        assertThatThrownBy(() -> get("slack")).isInstanceOf(SdkClientException.class);
    }

    @Test
    void endsWhatWaitsWhenItIsClosed() {
        aws.secrets().put("slack", "value");
        aws.faults().plan("SecretsManager.GetSecretValue", Fault.NEVER_ANSWERS, 1);
        aws.faults().afterNext("SecretsManager.GetSecretValue", () -> Thread.startVirtualThread(aws::close));
        assertThatThrownBy(() -> get("slack")).isInstanceOf(SdkClientException.class);
    }

    /** Clients repeat what failed, so every call has to fail. */
    @Test
    void letsCallsOfOneNameFailUntilThatIsOverAndCountsThem() {
        aws.secrets().put("slack", "value");
        aws.faults().oneIn(1, "SecretsManager.", Fault.CUT_BEFORE);
        aws.faults().oneIn(1, "EKS.", Fault.CUT_BEFORE);
        assertThatThrownBy(() -> get("slack")).isInstanceOf(SdkClientException.class);
        long struck = aws.faults().struck(Fault.CUT_BEFORE);
        assertThat(struck).isPositive();
        aws.faults().noneOf("SecretsManager.");
        assertThat(get("slack").secretString()).isEqualTo("value");
        assertThat(aws.faults().struck(Fault.CUT_BEFORE)).isEqualTo(struck);
    }

    private GetSecretValueResponse get(String name) {
        return secrets.getSecretValue(request -> request.secretId(name));
    }

    private static Instant date(SdkHttpResponse response) {
        return ZonedDateTime.parse(
                        response.firstMatchingHeader("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
