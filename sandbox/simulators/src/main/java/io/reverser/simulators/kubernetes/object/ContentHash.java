package io.reverser.simulators.kubernetes.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the hashes by which Kubernetes controllers detect changes. */
public final class ContentHash {

    private ContentHash() {}

    public static String sha256(String text) {
        return hash("SHA-256", text);
    }

    /** Computes a SHA3-224 hash, which External Secrets uses. */
    public static String sha3(String text) {
        return hash("SHA3-224", text);
    }

    private static String hash(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
