package io.reverser.rotation.rotator.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The JSON text of the rotated secret. A rotation changes only the login in the text; every other byte stays the same.
 */
public final class DatabaseSecret {

    private static final String HOST = "MYSQL_HOST";
    private static final String DATABASE = "MYSQL_DATABASE";
    private static final String USER = "MYSQL_USER";
    private static final String PASSWORD = "MYSQL_PASSWORD";
    private static final List<String> KEYS = List.of(HOST, DATABASE, USER, PASSWORD);

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String text;
    private final Map<String, Value> values;

    private DatabaseSecret(String text, Map<String, Value> values) {
        this.text = text;
        this.values = values;
    }

    /** A string value in the text, and its position with the quotation marks. */
    private record Value(String content, int start, int end) {}

    /**
     * Parses the text of the secret.
     *
     * @throws InvalidSecretException for an invalid text; the message names the problem, and shows nothing of the text
     */
    public static DatabaseSecret parse(String text) {
        var values = new HashMap<String, Value>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidSecretException("is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken kind = parser.nextToken();
                if (KEYS.contains(key) && kind == JsonToken.VALUE_STRING) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    String content = parser.getText();
                    values.put(key, new Value(content, start, (int)
                            parser.currentLocation().getCharOffset()));
                }
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new InvalidSecretException("has data after its JSON object");
            }
        } catch (IOException quotesTheSecret) {
            throw new InvalidSecretException("is not a JSON object, or has a duplicate key");
        }
        KEYS.forEach(key -> {
            if (!values.containsKey(key) || values.get(key).content().isBlank()) {
                throw new InvalidSecretException("has no " + key + "; expected a string that is not empty");
            }
        });
        return new DatabaseSecret(text, values);
    }

    public String text() {
        return text;
    }

    public String host() {
        return content(HOST);
    }

    public String database() {
        return content(DATABASE);
    }

    public MySqlCredentials credentials() {
        return new MySqlCredentials(content(USER), content(PASSWORD));
    }

    public DatabaseSecret withCredentials(MySqlCredentials credentials) {
        var changed = new StringBuilder(text);
        Stream.of(Map.entry(USER, credentials.user()), Map.entry(PASSWORD, credentials.password()))
                .filter(change -> !content(change.getKey()).equals(change.getValue()))
                .sorted(Comparator.comparingInt(
                        change -> -value(change.getKey()).start()))
                .forEach(change -> {
                    Value old = value(change.getKey());
                    changed.replace(old.start(), old.end(), quote(change.getValue()));
                });
        return parse(changed.toString());
    }

    /** Whether the two texts are equal except for the login. */
    public boolean differsOnlyInCredentials(DatabaseSecret other) {
        return withCredentials(other.credentials()).text.equals(other.text);
    }

    @Override
    public String toString() {
        return "DatabaseSecret[hidden]";
    }

    private String content(String key) {
        return value(key).content();
    }

    private Value value(String key) {
        return Objects.requireNonNull(values.get(key));
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
