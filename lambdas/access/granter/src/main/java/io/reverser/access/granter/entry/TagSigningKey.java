package io.reverser.access.granter.entry;

import io.reverser.awsjsonclient.SecretReader;
import java.util.Base64;

/** The key of the MAC over an entry's tags. Read once: a changed key would make every existing grant look tampered with. */
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
     * Reads the key.
     *
     * @throws IllegalStateException when the secret does not hold one; the message says what is expected
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
            // Reported below without the text, which is secret.
        }
        throw new IllegalStateException("The secret " + secretId + " needs a mac_key of at least " + MIN_KEY_BYTES
                + " random bytes in Base64; create it with: openssl rand -base64 32");
    }
}
