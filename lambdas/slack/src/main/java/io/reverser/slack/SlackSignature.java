package io.reverser.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Slack's signature over a request, version 0: a message authentication code over the time and the raw body.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying requests from Slack</a>
 */
public final class SlackSignature {

    /** The header that has it. */
    public static final String SIGNATURE = "x-slack-signature";

    /** The header with the seconds since the epoch at which it was made. */
    public static final String TIMESTAMP = "x-slack-request-timestamp";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private SlackSignature() {}

    /** What is wrong with a request; safe to be logged, and never told to the sender. */
    public enum Flaw {
        /** It has no signature, or no time. */
        UNSIGNED,
        /** It is more than five minutes old, or as much from the future. */
        OUT_OF_TIME,
        /** Somebody signed it who does not know the secret, or somebody changed it since. */
        FORGED
    }

    /** Empty when Slack sent this request now. */
    public static Optional<Flaw> flaw(HttpRequest request, String signingSecret, Instant now) {
        Optional<String> signature = request.header(SIGNATURE);
        Optional<String> timestamp = request.header(TIMESTAMP);
        if (signature.isEmpty()
                || timestamp.isEmpty()
                || !SECONDS.matcher(timestamp.get()).matches()) {
            return Optional.of(Flaw.UNSIGNED);
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
        if (Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0) {
            return Optional.of(Flaw.OUT_OF_TIME);
        }
        byte[] expected = ascii(sign(signingSecret, timestamp.get(), request.body()));
        return MessageDigest.isEqual(expected, ascii(signature.get())) ? Optional.empty() : Optional.of(Flaw.FORGED);
    }

    /**
     * What Slack sends as the signature.
     *
     * @param timestamp seconds since the epoch
     */
    public static String sign(String signingSecret, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(signingSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(ascii("v0:" + timestamp + ":"));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
