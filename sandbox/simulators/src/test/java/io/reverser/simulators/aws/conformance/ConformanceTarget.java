package io.reverser.simulators.aws.conformance;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * The endpoint under test: our simulators, or the value of {@code -Dconformance.endpoint}, which is a URL or the word {@code
 * aws}. It may contain resources of others, so every test uses unique names and deletes what it created.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
 */
final class ConformanceTarget {

    private static final String REAL_AWS = "aws";
    private static final String ENDPOINT = System.getProperty("conformance.endpoint", "");
    private static final String PLACEHOLDER_ARN = "arn:aws:iam::111122223333:";

    /** Our simulators if no endpoint is set. All rules share one instance, as they would share any other endpoint. */
    static final Optional<AwsEndpoint> SIMULATORS =
            ENDPOINT.isEmpty() ? Optional.of(AwsEndpoint.start()) : Optional.empty();

    private ConformanceTarget() {}

    /** A client without retries; for a real account, with the SDK's default credentials, region and retries. */
    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        if (isRealAws()) {
            return builder.build();
        }
        return builder.region(Region.EU_CENTRAL_1)
                .endpointOverride(SIMULATORS.map(AwsEndpoint::uri).orElseGet(() -> URI.create(ENDPOINT)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** Whether the test runs against a real account, at real cost. */
    static boolean isRealAws() {
        return ENDPOINT.equals(REAL_AWS);
    }

    /** A unique resource name. */
    static String unique() {
        return "conformance-" + UUID.randomUUID();
    }

    /** The name of an existing cluster with access entries. */
    static Optional<String> existingCluster() {
        return Optional.ofNullable(System.getProperty("conformance.cluster"));
    }

    /** The role that a schedule or a cluster assumes. */
    static String roleArn() {
        return System.getProperty("conformance.role", PLACEHOLDER_ARN + "role/schedules");
    }

    /** Three roles for access entries, the first one with a path. */
    static List<String> principalArns() {
        return List.of(System.getProperty(
                        "conformance.principals",
                        "%1$srole/team/ada,%1$srole/grace,%1$srole/edsger".formatted(PLACEHOLDER_ARN))
                .split(",", 3));
    }

    /** The account ID of the role. */
    static String accountId() {
        return roleArn().split(":", -1)[4];
    }
}
