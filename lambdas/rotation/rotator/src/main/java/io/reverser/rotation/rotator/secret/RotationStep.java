package io.reverser.rotation.rotator.secret;

import java.util.Arrays;
import java.util.Locale;

/**
 * What Secrets Manager asks for, one after the other.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Lambda
 *     rotation functions</a>
 */
public enum RotationStep {
    /** A new version of the secret. */
    CREATE,
    /** The database takes it. */
    SET,
    /** The database lets it in. */
    TEST,
    /** It is the current one. */
    FINISH;

    /**
     * Reads its name, of which there are several spellings: {@code createSecret}, {@code create_secret},
     * {@code CreateSecret}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static RotationStep parse(String name) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(step -> plain.equals(step.name().toLowerCase(Locale.ROOT) + "secret"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name
                        + "' is no step of a rotation; expected createSecret, setSecret, testSecret or finishSecret"));
    }
}
