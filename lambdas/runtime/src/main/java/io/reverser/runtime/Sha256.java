package io.reverser.runtime;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA256 (RFC 2104), without the checked exceptions, because every JDK provides both algorithms. */
public final class Sha256 {

    private static final String HMAC = "HmacSHA256";

    private Sha256() {}

    /** The 32 bytes of the SHA-256 hash. */
    public static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The 32 bytes of the HMAC over the concatenated parts. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
