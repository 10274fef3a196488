package io.reverser.simulators;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256, the algorithm of AWS's and Slack's request signatures. The simulators verify the requests of the
 * platform's Lambda functions, so they share no code with these functions.
 */
public final class HmacSha256 {

    private HmacSha256() {}

    public static byte[] sign(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
