package io.reverser.rotation.rotator.database;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generates passwords of characters that need no quoting in a shell, a URL or SQL, with one of each kind that password
 * policies require.
 */
final class PasswordGenerator {

    private static final int LENGTH = 40;
    private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String SYMBOLS = "-_.~";
    private static final String ALL = LOWERCASE + UPPERCASE + DIGITS + SYMBOLS;

    private PasswordGenerator() {}

    /** Generates a password of 40 characters, with over 230 bits of entropy. */
    static String generate() {
        // The generator is not a field, because a SnapStart snapshot must not contain the state from which passwords
        // are generated.
        var random = new SecureRandom();
        while (true) {
            String password = IntStream.range(0, LENGTH)
                    .mapToObj(i -> String.valueOf(ALL.charAt(random.nextInt(ALL.length()))))
                    .collect(Collectors.joining());
            if (hasOneOf(LOWERCASE, password)
                    && hasOneOf(UPPERCASE, password)
                    && hasOneOf(DIGITS, password)
                    && hasOneOf(SYMBOLS, password)
                    && SYMBOLS.indexOf(password.charAt(0)) < 0) {
                return password;
            }
        }
    }

    private static boolean hasOneOf(String kind, String password) {
        return password.chars().anyMatch(character -> kind.indexOf(character) >= 0);
    }
}
