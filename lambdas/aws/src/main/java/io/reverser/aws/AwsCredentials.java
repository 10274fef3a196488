package io.reverser.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The key that calls are signed with: the one that was given, or a fresh one from where Lambda offers it. */
public final class AwsCredentials {

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);
    private static final int TIME_OUT_MS = 2000;

    private final AwsSettings settings;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();
    private Optional<Key> fetched = Optional.empty();
    private Instant fresh = Instant.MIN;

    /** Credentials for the account that the settings name. */
    public AwsCredentials(AwsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    synchronized Key current() {
        return settings.key()
                .or(this::fetchedKey)
                .orElseThrow(() -> new AwsFailure("NoCredentials", 0, "none are set"));
    }

    private Optional<Key> fetchedKey() {
        if (settings.containerCredentials().isPresent() && !clock.instant().isBefore(fresh)) {
            JsonNode answer = fetch(settings.containerCredentials().get());
            fetched = Optional.of(new Key(
                    answer.required("AccessKeyId").asText(),
                    answer.required("SecretAccessKey").asText(),
                    Optional.of(answer.required("Token").asText())));
            fresh = Instant.parse(answer.required("Expiration").asText()).minus(BEFORE_THE_END);
        }
        return fetched;
    }

    private JsonNode fetch(Container container) {
        try {
            var connection = (HttpURLConnection) container.uri().toURL().openConnection();
            connection.setConnectTimeout(TIME_OUT_MS);
            connection.setReadTimeout(TIME_OUT_MS);
            connection.setRequestProperty("Authorization", container.token());
            try (var body = connection.getInputStream()) {
                return json.readTree(body);
            }
        } catch (IOException failure) {
            throw new AwsFailure("NoCredentials", failure);
        }
    }

    /** An access key. */
    public record Key(String id, String secret, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /** Where Lambda hands out keys, and the token that it wants to see. */
    public record Container(URI uri, String token) {
        @Override
        public String toString() {
            return "Container[" + uri + "]";
        }
    }
}
