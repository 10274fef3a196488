package io.reverser.simulators.aws.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.fault.FaultInjector.Fault;
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
    private final SecretsManagerClient secrets = SdkClients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CENTURIES", "DAYS", "SECONDS"})
    void sendsSimulatedTimeInEveryResponse(ChronoUnit unit) {
        aws.secretsManager().putSecret("slack", "value");
        Duration ahead = unit == ChronoUnit.CENTURIES ? Duration.ofDays(36_524) : unit.getDuration();
        aws.clock().move(ahead);
        // The Date header of a response has whole seconds.
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
    @EnumSource(names = {"DISCONNECT_BEFORE_EFFECT", "DISCONNECT_AFTER_EFFECT", "CALLER_CRASH"})
    void closesTheConnectionWithoutAResponse(Fault fault) {
        aws.secretsManager().putSecret("slack", "value");
        get("slack");
        aws.faults().injectNext("SecretsManager.GetSecretValue", fault, 1);
        assertThatThrownBy(() -> get("slack")).isInstanceOf(SdkClientException.class);
    }

    @Test
    void endsHangingCallsOnClose() {
        aws.secretsManager().putSecret("slack", "value");
        aws.faults().injectNext("SecretsManager.GetSecretValue", Fault.NO_RESPONSE, 1);
        aws.faults().runAfter("SecretsManager.GetSecretValue", () -> Thread.startVirtualThread(aws::close));
        assertThatThrownBy(() -> get("slack")).isInstanceOf(SdkClientException.class);
    }

    /** The SDK client retries failed calls, so a fault in one call is not enough: each attempt has to fail. */
    @Test
    void injectsFaultsByNameUntilClearedAndCountsThem() {
        aws.secretsManager().putSecret("slack", "value");
        aws.faults().injectEveryNth(1, "SecretsManager.", Fault.DISCONNECT_BEFORE_EFFECT);
        aws.faults().injectEveryNth(1, "EKS.", Fault.DISCONNECT_BEFORE_EFFECT);
        assertThatThrownBy(() -> get("slack")).isInstanceOf(SdkClientException.class);
        long injected = aws.faults().injectedCount(Fault.DISCONNECT_BEFORE_EFFECT);
        assertThat(injected).isPositive();
        aws.faults().clearEveryNth("SecretsManager.");
        assertThat(get("slack").secretString()).isEqualTo("value");
        assertThat(aws.faults().injectedCount(Fault.DISCONNECT_BEFORE_EFFECT)).isEqualTo(injected);
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
