package io.reverser.rotation.rotator;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Builds AWS clients with few retries and short timeouts, because a later invocation retries whatever fails.
 *
 * @param endpoint instead of AWS's own, for all services
 */
record AwsClients(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    /** Three attempts; a transaction that was cancelled because it met another one may succeed the next time. */
    private static final StandardRetryStrategy RETRY_STRATEGY = AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .retryOnException(AwsClients::isTransactionConflict)
            .build();

    /** From the variables that Lambda sets. The SDK itself reads the endpoint, from {@code AWS_ENDPOINT_URL}. */
    static AwsClients fromEnvironment() {
        return new AwsClients(
                new DefaultAwsRegionProviderChain().getRegion(),
                DefaultCredentialsProvider.builder().build(),
                Optional.empty());
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B client) {
        client.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration -> configuration.retryStrategy(RETRY_STRATEGY))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT));
        endpoint.ifPresent(client::endpointOverride);
        return client.build();
    }

    private static boolean isTransactionConflict(Throwable failure) {
        return failure instanceof TransactionCanceledException cancelled
                && cancelled.cancellationReasons().stream()
                        .noneMatch(reason -> "ConditionalCheckFailed".equals(reason.code()));
    }
}
