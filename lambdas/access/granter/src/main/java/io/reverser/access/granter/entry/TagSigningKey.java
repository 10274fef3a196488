package io.reverser.access.granter.entry;

import io.reverser.awsjsonclient.SecretReader;
import java.util.Base64;

/**
 * The key of the MAC over the tags of access entries. The key is read once: a changed key would make every existing
 * grant look tampered with.
 */
public class TagSigningKey {

    private static final int MIN_KEY_BYTES = 32;

    private final SecretReader secrets;
    private final String secretId;
    private byte[] key = {};

    public TagSigningKey(SecretReader secrets, String secretId) {
        this.secrets = secrets;
        this.secretId = secretId;
    }

    /**
     * Reads the key from the secret, unless it has been read already.
     *
     * @throws IllegalStateException if the secret contains no valid key; the message says what is expected
     */
    public synchronized byte[] load() {
        if (key.length == 0) {
            key = decode(secrets.readJson(secretId).path("mac_key").asText());
        }
        return key;
    }

    private byte[] decode(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            if (decoded.length >= MIN_KEY_BYTES) {
                return decoded;
            }
        } catch (IllegalArgumentException notBase64) {
            // The exception below reports this failure without the text, which is secret.
        }
        throw new IllegalStateException("The secret " + secretId + " needs a mac_key of at least " + MIN_KEY_BYTES
                + " random bytes in Base64; create it with: openssl rand -base64 32");
    }
}
