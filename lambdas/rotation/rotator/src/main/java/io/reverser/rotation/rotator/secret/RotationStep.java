package io.reverser.rotation.rotator.secret;

import java.util.Arrays;
import java.util.Locale;

/**
 * The four steps of a rotation, in the order in which Secrets Manager calls them.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Lambda
 *     rotation functions</a>
 */
public enum RotationStep {
    /** Creates a new version of the secret. */
    CREATE,
    /** Sets the password of the new version in the database. */
    SET,
    /** Tests that the database accepts the login of the new version. */
    TEST,
    /** Makes the new version the current one. */
    FINISH;

    /**
     * Parses the name of a step, which AWS spells in several ways: {@code createSecret}, {@code create_secret},
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
                        + "' is not a rotation step; expected createSecret, setSecret, testSecret or finishSecret"));
    }
}
