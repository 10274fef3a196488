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
 * The AWS endpoint that the tests of this package run against: our simulators, or the endpoint in the system property
 * {@code conformance.endpoint}, which is a URL or, for a real AWS account, the word {@code aws}. The account may
 * contain resources of other users, so every test uses unique names and deletes what it created.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
 */
final class ConformanceTarget {

    private static final String REAL_AWS = "aws";
    private static final String ENDPOINT = System.getProperty("conformance.endpoint", "");
    private static final String PLACEHOLDER_ARN = "arn:aws:iam::111122223333:";

    /**
     * Our simulators, unless another endpoint is set. All tests share one instance, as they would share any other
     * endpoint.
     */
    static final Optional<AwsEndpoint> SIMULATORS =
            ENDPOINT.isEmpty() ? Optional.of(AwsEndpoint.start()) : Optional.empty();

    private ConformanceTarget() {}

    /**
     * Creates an SDK client without retries. For a real AWS account, the client uses the SDK's default credentials,
     * region and retries.
     */
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

    /** Whether the tests run against a real AWS account, which costs money. */
    static boolean isRealAws() {
        return ENDPOINT.equals(REAL_AWS);
    }

    /** Returns a unique name for a resource. */
    static String unique() {
        return "conformance-" + UUID.randomUUID();
    }

    /** The name of an existing EKS cluster that supports access entries; empty if tests are to create clusters. */
    static Optional<String> existingCluster() {
        return Optional.ofNullable(System.getProperty("conformance.cluster"));
    }

    /** The ARN of the role that schedules and EKS clusters assume. */
    static String roleArn() {
        return System.getProperty("conformance.role", PLACEHOLDER_ARN + "role/schedules");
    }

    /** The ARNs of three roles for access entries. The first ARN contains a path. */
    static List<String> principalArns() {
        return List.of(System.getProperty(
                        "conformance.principals",
                        "%1$srole/team/ada,%1$srole/grace,%1$srole/edsger".formatted(PLACEHOLDER_ARN))
                .split(",", 3));
    }

    /** The ID of the AWS account, taken from the role's ARN. */
    static String accountId() {
        return roleArn().split(":", -1)[4];
    }
}
