package io.reverser.awsjsonclient;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The AWS region, endpoint and credentials, from the environment variables that Lambda sets and the AWS SDKs read.
 *
 * @param endpoint replaces the endpoints of all AWS services, if present
 * @param containerCredentials the endpoint that returns temporary credentials; Lambda provides it to functions with
 *     SnapStart, because credentials in a snapshot would be stale
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">AWS SDKs settings reference</a>
 */
public record AwsEnvironment(
        String region,
        Optional<URI> endpoint,
        Optional<AwsCredentialsCache.AccessKey> accessKey,
        Optional<AwsCredentialsCache.ContainerCredentialsEndpoint> containerCredentials) {

    /**
     * Reads environment variables.
     *
     * @throws IllegalArgumentException if a variable is missing; the message names it
     */
    public static AwsEnvironment from(Map<String, String> environment) {
        var key = value(environment, "AWS_ACCESS_KEY_ID")
                .map(id -> new AwsCredentialsCache.AccessKey(
                        id, required(environment, "AWS_SECRET_ACCESS_KEY"), value(environment, "AWS_SESSION_TOKEN")));
        var container = value(environment, "AWS_CONTAINER_CREDENTIALS_FULL_URI")
                .map(uri -> new AwsCredentialsCache.ContainerCredentialsEndpoint(
                        URI.create(uri), required(environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN")));
        return new AwsEnvironment(
                required(environment, "AWS_REGION"),
                value(environment, "AWS_ENDPOINT_URL").map(URI::create),
                key,
                container);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String required(Map<String, String> environment, String name) {
        return value(environment, name)
                .orElseThrow(() -> new IllegalArgumentException("The environment variable " + name + " is not set"));
    }
}
