package io.reverser.simulators.aws.endpoint;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Creates SDK clients without retries for a simulated AWS endpoint. */
public final class SdkClients {

    private SdkClients() {}

    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsEndpoint aws) {
        return builder.region(Region.EU_CENTRAL_1)
                .endpointOverride(aws.uri())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("somebody", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }
}
