package io.reverser.awsjsonclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The AWS credentials for signing requests: either from the environment variables, or temporary credentials from
 * Lambda's credentials endpoint, which are refreshed before they expire.
 */
public final class AwsCredentialsCache {

    private static final Duration REFRESH_BEFORE_EXPIRY = Duration.ofMinutes(5);
    private static final int TIMEOUT_MS = 2000;

    private final AwsEnvironment environment;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();
    private Optional<AccessKey> cached = Optional.empty();
    private Instant refreshAt = Instant.MIN;

    /** Creates a cache for the credentials that this environment provides. */
    public AwsCredentialsCache(AwsEnvironment environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    synchronized AccessKey current() {
        return environment
                .accessKey()
                .or(this::fetchIfExpired)
                .orElseThrow(() -> new AwsJsonException(
                        "NoCredentials", 0, "the environment has neither an access key nor a credentials endpoint"));
    }

    synchronized void forget() {
        cached = Optional.empty();
        refreshAt = Instant.MIN;
    }

    private Optional<AccessKey> fetchIfExpired() {
        if (environment.containerCredentials().isPresent() && !clock.instant().isBefore(refreshAt)) {
            JsonNode response = fetch(environment.containerCredentials().get());
            cached = Optional.of(new AccessKey(
                    response.required("AccessKeyId").asText(),
                    response.required("SecretAccessKey").asText(),
                    Optional.of(response.required("Token").asText())));
            refreshAt = Instant.parse(response.required("Expiration").asText()).minus(REFRESH_BEFORE_EXPIRY);
        }
        return cached;
    }

    private JsonNode fetch(ContainerCredentialsEndpoint endpoint) {
        try {
            var connection = (HttpURLConnection) endpoint.uri().toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setRequestProperty("Authorization", endpoint.token());
            try (var body = connection.getInputStream()) {
                return json.readTree(body);
            }
        } catch (IOException failure) {
            throw new AwsJsonException("NoCredentials", failure);
        }
    }

    /** An AWS access key; its text form omits the secret. */
    public record AccessKey(String id, String secret, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /** Lambda's credentials endpoint, and the token to send to it. */
    public record ContainerCredentialsEndpoint(URI uri, String token) {
        @Override
        public String toString() {
            return "ContainerCredentialsEndpoint[" + uri + "]";
        }
    }
}
