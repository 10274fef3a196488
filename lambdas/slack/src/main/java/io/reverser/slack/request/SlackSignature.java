package io.reverser.slack.request;

import io.reverser.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Slack's signature over a request, version 0: a message authentication code over the time and the raw body.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying requests from Slack</a>
 */
public final class SlackSignature {

    /** The header that has it. */
    public static final String SIGNATURE_HEADER = "x-slack-signature";

    /** The header with the seconds since the epoch at which it was made. */
    public static final String TIMESTAMP_HEADER = "x-slack-request-timestamp";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Duration TIMESTAMP_TOLERANCE = Duration.ofMinutes(5);

    private SlackSignature() {}

    /** What is wrong with a request; safe to be logged, and never told to the sender. */
    public enum SignatureError {
        /** It has no signature, or no time. */
        MISSING,
        /** It is more than five minutes old, or as much from the future. */
        TIMESTAMP_OUT_OF_RANGE,
        /** It was signed with another secret, or changed after it was signed. */
        MISMATCH
    }

    /** Empty when Slack sent this request now. */
    public static Optional<SignatureError> verify(ApiGatewayRequest request, String signingSecret, Instant now) {
        Optional<String> signature = request.header(SIGNATURE_HEADER);
        Optional<String> timestamp = request.header(TIMESTAMP_HEADER);
        if (signature.isEmpty()
                || timestamp.isEmpty()
                || !SECONDS.matcher(timestamp.get()).matches()) {
            return Optional.of(SignatureError.MISSING);
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
        if (Duration.between(sent, now).abs().compareTo(TIMESTAMP_TOLERANCE) > 0) {
            return Optional.of(SignatureError.TIMESTAMP_OUT_OF_RANGE);
        }
        byte[] expected = ascii(sign(signingSecret, timestamp.get(), request.body()));
        return MessageDigest.isEqual(expected, ascii(signature.get()))
                ? Optional.empty()
                : Optional.of(SignatureError.MISMATCH);
    }

    /**
     * What Slack sends as the signature.
     *
     * @param timestamp seconds since the epoch
     */
    public static String sign(String signingSecret, String timestamp, byte[] body) {
        byte[] mac = Sha256.hmac(signingSecret.getBytes(StandardCharsets.UTF_8), ascii("v0:" + timestamp + ":"), body);
        return "v0=" + HexFormat.of().formatHex(mac);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
