package io.reverser.access.change;

import io.reverser.aws.Secrets;
import java.util.Base64;

/** The key of the code over an entry's tags. Read once: another key would make every present grant look altered. */
class MacKey {

    private static final int BYTES = 32;

    private final Secrets secrets;
    private final String secret;
    private byte[] key = {};

    MacKey(Secrets secrets, String secret) {
        this.secrets = secrets;
        this.secret = secret;
    }

    /**
     * The key.
     *
     * @throws IllegalStateException when the secret does not hold one; says what it should hold
     */
    synchronized byte[] current() {
        if (key.length == 0) {
            key = decode(secrets.read(secret).path("mac_key").asText());
        }
        return key;
    }

    private byte[] decode(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            if (decoded.length >= BYTES) {
                return decoded;
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, without the text, which is secret.
        }
        throw new IllegalStateException("The secret " + secret + " needs a mac_key of at least " + BYTES
                + " random bytes in base64, as from: openssl rand -base64 32");
    }
}
