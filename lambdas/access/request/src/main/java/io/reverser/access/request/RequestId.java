package io.reverser.access.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reverser.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ID of a request for access. It appears in Slack, in the request table and in the tags of the access entry, and is
 * the name of the expiry schedule.
 *
 * @param value {@code r-} and ten letters or digits that people do not mistake for one another
 */
public record RequestId(@JsonValue String value) {

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 10;
    private static final Pattern PATTERN = Pattern.compile("r-[" + ALPHABET + "]{" + LENGTH + "}");

    /** Checks that the ID has the right format. */
    @JsonCreator
    public RequestId {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a request ID; a request ID looks like r-7k3m9q4xwz");
        }
    }

    /** Derives the request ID from Slack's delivery, so that a repeated delivery does not create a second request. */
    public static RequestId fromIdempotencyKey(String idempotencyKey) {
        byte[] hash = Sha256.hash(idempotencyKey.getBytes(StandardCharsets.UTF_8));
        var id = new StringBuilder("r-");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(Math.floorMod(hash[i], ALPHABET.length())));
        }
        return new RequestId(id.toString());
    }

    /** Parses user input; empty when it is not a request ID. */
    public static Optional<RequestId> parse(String text) {
        return PATTERN.matcher(text).matches() ? Optional.of(new RequestId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
