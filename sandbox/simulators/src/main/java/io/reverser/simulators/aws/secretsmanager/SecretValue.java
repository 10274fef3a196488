package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The value of a secret's version. Its {@code toString} hides the content.
 *
 * @param field {@code SecretString} or {@code SecretBinary}
 * @param content the text, or the bytes in Base64
 */
record SecretValue(String field, String content) {

    private static final String TEXT = "SecretString";
    private static final String BINARY = "SecretBinary";
    private static final int MAX_BYTES = 65_536;

    static SecretValue text(String content) {
        return new SecretValue(TEXT, content);
    }

    /**
     * Returns the secret value in a request, if there is one.
     *
     * @throws AwsError when the request has two values, or the value is empty or too long
     */
    static Optional<SecretValue> parse(JsonNode body) {
        if (body.hasNonNull(TEXT) && body.hasNonNull(BINARY)) {
            throw AwsError.invalidParameter(
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        String field = body.hasNonNull(BINARY) ? BINARY : TEXT;
        Optional<SecretValue> value = Optional.of(body.path(field))
                .filter(JsonNode::isTextual)
                .map(content -> new SecretValue(field, content.asText()));
        int bytes = value.map(SecretValue::byteCount).orElse(1);
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw AwsError.invalidParameter("%s must have between 1 and %d bytes.".formatted(field, MAX_BYTES));
        }
        return value;
    }

    /** The name of the field in Secrets Manager's API. */
    static AwsError missing() {
        return new AwsError(400, "InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    }

    @Override
    public String toString() {
        return field;
    }

    private int byteCount() {
        try {
            return field.equals(TEXT)
                    ? content.getBytes(StandardCharsets.UTF_8).length
                    : Base64.getDecoder().decode(content).length;
        } catch (IllegalArgumentException noBase64) {
            throw AwsError.invalidParameter("SecretBinary is not valid Base64.");
        }
    }
}
