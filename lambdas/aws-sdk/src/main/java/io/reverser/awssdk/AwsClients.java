package io.reverser.awssdk;

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
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Builds AWS SDK clients with short timeouts and three attempts per call, because a later invocation of the function
 * repeats a failed call.
 *
 * @param endpoint replaces the endpoint of every AWS service, if present
 */
public record AwsClients(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Uses the region and the credentials in the environment variables that Lambda sets. The SDK itself reads the
     * endpoint from the variable {@code AWS_ENDPOINT_URL}.
     */
    public static AwsClients fromEnvironment() {
        return new AwsClients(
                new DefaultAwsRegionProviderChain().getRegion(),
                DefaultCredentialsProvider.builder().build(),
                Optional.empty());
    }

    /** Returns a copy of this configuration that builds clients for another region. */
    public AwsClients inRegion(Region other) {
        return new AwsClients(other, credentials, endpoint);
    }

    /** Builds an AWS SDK client that waits at most five seconds for a response. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
        return build(builder, DEFAULT_RESPONSE_TIMEOUT);
    }

    /**
     * Builds an AWS SDK client. Building it makes no call and reads no credentials, so a snapshot of the process
     * contains neither connections nor credentials.
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, Duration responseTimeout) {
        builder.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration -> configuration.retryStrategy(newRetryStrategy()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(responseTimeout));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /**
     * A retry strategy with three attempts. It also retries calls that conflict with a DynamoDB transaction, which the
     * SDK does not retry by default. Each client has a separate strategy, because clients with a common strategy would
     * share its retry quota, and failing calls of one client would stop the retries of all.
     */
    private static StandardRetryStrategy newRetryStrategy() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .retryOnException(AwsClients::isConflict)
                .build();
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof TransactionConflictException
                || (failure instanceof TransactionCanceledException cancelled && !isConditionFailed(cancelled));
    }

    /**
     * Whether the transaction was cancelled because a condition did not hold; otherwise, it conflicted with another
     * transaction.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">Why
     *     DynamoDB cancels a transaction</a>
     */
    public static boolean isConditionFailed(TransactionCanceledException cancelled) {
        return cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch("ConditionalCheckFailed"::equals);
    }
}
