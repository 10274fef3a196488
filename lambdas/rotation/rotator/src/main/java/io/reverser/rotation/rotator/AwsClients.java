package io.reverser.rotation.rotator;

import io.reverser.awsjsonclient.AwsCredentialsCache;
import io.reverser.awsjsonclient.AwsEnvironment;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** How AWS's services are called from this place. */
record AwsClients(AwsEnvironment environment) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    /** Whose name it is done in: what Lambda tells, or hands out where a snapshot would have made it stale. */
    AwsCredentialsProvider createCredentialsProvider() {
        return environment
                .accessKey()
                .map(AwsClients::staticCredentials)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    /** Builds a client with short timeouts: whatever fails is tried again by a later invocation. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B client) {
        client.region(Region.of(environment.region()))
                .credentialsProvider(createCredentialsProvider())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT));
        environment.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static AwsCredentialsProvider staticCredentials(AwsCredentialsCache.AccessKey key) {
        return StaticCredentialsProvider.create(
                key.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                key.id(), key.secret(), key.sessionToken().get())
                        : AwsBasicCredentials.create(key.id(), key.secret()));
    }
}
