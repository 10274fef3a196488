package io.reverser.rotation;

import io.reverser.aws.AwsCredentials;
import io.reverser.aws.AwsSettings;
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
record Clients(AwsSettings place) {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Whose name it is done in: what Lambda tells, or hands out where a snapshot would have made it stale. */
    AwsCredentialsProvider credentials() {
        return place.key()
                .map(Clients::fixed)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    /** A client that gives up soon: whoever waits is called again. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B client) {
        client.region(Region.of(place.region()))
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER));
        place.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static AwsCredentialsProvider fixed(AwsCredentials.Key key) {
        return StaticCredentialsProvider.create(
                key.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                key.id(), key.secret(), key.sessionToken().get())
                        : AwsBasicCredentials.create(key.id(), key.secret()));
    }
}
