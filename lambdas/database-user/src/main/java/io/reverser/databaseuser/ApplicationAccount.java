package io.reverser.databaseuser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The application's account in the database. {@code CREATE USER} takes no parameters, so only names and passwords that
 * need no quoting are allowed.
 */
record ApplicationAccount(String user, String password, String database) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9._~-]{16,128}");

    /**
     * Parses the application's secret.
     *
     * @param text a JSON object with {@code MYSQL_USER}, {@code MYSQL_PASSWORD} and {@code MYSQL_DATABASE}
     * @throws InvalidApplicationSecretException for a missing or invalid value; the message names the key, but shows no
     *     value
     */
    static ApplicationAccount parse(String text) {
        JsonNode keys = parseJson(text);
        return new ApplicationAccount(
                requiredValue(
                        keys, "MYSQL_USER", USER, "a lower-case letter and up to 31 letters, digits or underscores"),
                requiredValue(keys, "MYSQL_PASSWORD", PASSWORD, "16 to 128 letters, digits or . _ ~ -"),
                requiredValue(
                        keys,
                        "MYSQL_DATABASE",
                        DATABASE,
                        "a lower-case letter and up to 62 letters, digits or underscores"));
    }

    /**
     * This account, and its alternates for password rotation. The alternates get the same grants, and a random password
     * that is not stored, because the rotation sets another password when it switches to an alternate.
     *
     * @throws IllegalArgumentException for a name that needs quoting
     */
    List<ApplicationAccount> withAlternates(List<String> alternates) {
        return Stream.concat(
                        Stream.of(this),
                        alternates.stream().filter(name -> !name.equals(user)).map(this::alternate))
                .toList();
    }

    private ApplicationAccount alternate(String name) {
        if (!USER.matcher(name).matches()) {
            throw new IllegalArgumentException("DATABASE_USERS: found " + name
                    + ", expected a lower-case letter and up to 31 letters, digits or" + " underscores");
        }
        byte[] randomBytes = new byte[24];
        new SecureRandom().nextBytes(randomBytes);
        return new ApplicationAccount(name, Base64.getUrlEncoder().encodeToString(randomBytes), database);
    }

    /** Idempotent SQL statements that create the account; an existing account keeps its password. */
    List<String> createStatements() {
        // In GRANT, unlike in other statements, an underscore in the name of a database is a wildcard.
        String escapedDatabase = database.replace("_", "\\_");
        return List.of(
                "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s'".formatted(user, password),
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON `%s`.* TO '%s'@'%%'".formatted(escapedDatabase, user));
    }

    @Override
    public String toString() {
        return user + " in " + database;
    }

    private static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            // The exception has no cause, because the cause's message would quote a part of the secret.
            throw new InvalidApplicationSecretException("is not JSON");
        }
    }

    private static String requiredValue(JsonNode keys, String key, Pattern pattern, String expected) {
        String value = keys.path(key).asText("");
        if (!pattern.matcher(value).matches()) {
            throw new InvalidApplicationSecretException("has no usable " + key + ": expected " + expected);
        }
        return value;
    }
}
