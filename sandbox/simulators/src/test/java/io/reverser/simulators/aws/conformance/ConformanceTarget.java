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
 * Where the rules are held against: our simulators, or what {@code -Dconformance.endpoint} names, which is a URL or the word
 * {@code aws}. It may hold what others made, so that every test uses names of its own and takes away what it made.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
 */
final class ConformanceTarget {

    private static final String REAL_AWS = "aws";
    private static final String ENDPOINT = System.getProperty("conformance.endpoint", "");
    private static final String PLACEHOLDER_ARN = "arn:aws:iam::111122223333:";

    /** Ours, if nobody names another; all rules share it, as they share any other endpoint. */
    static final Optional<AwsEndpoint> SIMULATORS =
            ENDPOINT.isEmpty() ? Optional.of(AwsEndpoint.start()) : Optional.empty();

    private ConformanceTarget() {}

    /** A client that calls once; in a real account with the SDK's own credentials, region and retries. */
    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        if (isRealAws()) {
            return builder.build();
        }
        return builder.region(Region.EU_CENTRAL_1)
                .endpointOverride(SIMULATORS.map(AwsEndpoint::uri).orElseGet(() -> URI.create(ENDPOINT)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("somebody", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** Whether somebody pays for this. */
    static boolean isRealAws() {
        return ENDPOINT.equals(REAL_AWS);
    }

    /** A name that nobody else has. */
    static String unique() {
        return "conformance-" + UUID.randomUUID();
    }

    /** A cluster with access entries that is there already. */
    static Optional<String> existingCluster() {
        return Optional.ofNullable(System.getProperty("conformance.cluster"));
    }

    /** The role that a schedule takes on, or a cluster. */
    static String roleArn() {
        return System.getProperty("conformance.role", PLACEHOLDER_ARN + "role/schedules");
    }

    /** Three roles that may get access entries, the first of them with a path. */
    static List<String> principalArns() {
        return List.of(System.getProperty(
                        "conformance.principals",
                        "%1$srole/team/ada,%1$srole/grace,%1$srole/edsger".formatted(PLACEHOLDER_ARN))
                .split(",", 3));
    }

    /** The account's number, as the role has it. */
    static String accountId() {
        return roleArn().split(":", -1)[4];
    }
}
