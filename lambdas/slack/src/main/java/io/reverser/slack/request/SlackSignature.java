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
 * Computes and verifies Slack's request signature, version 0: an HMAC over the timestamp and the raw body.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying requests from Slack</a>
 */
public final class SlackSignature {

    /** The HTTP header with Slack's signature. */
    public static final String SIGNATURE_HEADER = "x-slack-signature";

    /** The HTTP header with the timestamp, in seconds since the epoch. */
    public static final String TIMESTAMP_HEADER = "x-slack-request-timestamp";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Duration TIMESTAMP_TOLERANCE = Duration.ofMinutes(5);

    private SlackSignature() {}

    /** The reason why a signature is invalid; for the log, never for the response. */
    public enum SignatureError {
        /** The signature or the timestamp is missing. */
        MISSING,
        /** The timestamp is more than five minutes in the past or future. */
        TIMESTAMP_OUT_OF_RANGE,
        /** The request was signed with another secret, or was changed after it was signed. */
        MISMATCH
    }

    /** Verifies the signature of a request; empty when Slack has just sent the request. */
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
     * Computes the signature of a request.
     *
     * @param timestamp the time of the request, in seconds since the epoch
     */
    public static String sign(String signingSecret, String timestamp, byte[] body) {
        byte[] mac = Sha256.hmac(signingSecret.getBytes(StandardCharsets.UTF_8), ascii("v0:" + timestamp + ":"), body);
        return "v0=" + HexFormat.of().formatHex(mac);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
