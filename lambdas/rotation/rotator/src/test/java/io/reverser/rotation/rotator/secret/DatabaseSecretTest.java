package io.reverser.rotation.rotator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSecretTest {

    private static final String ODD = """
            { "z": 1.50, "MYSQL_USER"\t:  "reverser",
              "emoji": "🔑 \\ud83d\\ude00 \\/", "nested": {"MYSQL_PASSWORD": "not this", "list": [1, {"MYSQL_USER": 2}]},
              "MYSQL_HOST": "db.example", "MYSQL_PASSWORD": "old\\u0041\\"", "MYSQL_DATABASE": "reverser", "n": null }
            """.stripTrailing();

    @Test
    void parsesLogin() {
        DatabaseSecret secret = DatabaseSecret.parse(ODD);
        assertThat(secret.credentials()).isEqualTo(new MySqlCredentials("reverser", "oldA\""));
        assertThat(secret.host()).isEqualTo("db.example");
        assertThat(secret.database()).isEqualTo("reverser");
    }

    @Test
    void replacesOnlyPassword() {
        String changed = DatabaseSecret.parse(ODD)
                .withCredentials(new MySqlCredentials("reverser", "new\"\\"))
                .text();
        assertThat(changed).isEqualTo(ODD.replace("\"old\\u0041\\\"\"", "\"new\\\"\\\\\""));
    }

    @Test
    void replacesUserAndPassword() {
        String changed = DatabaseSecret.parse(ODD)
                .withCredentials(new MySqlCredentials("reverser_b", "new"))
                .text();
        assertThat(changed)
                .isEqualTo(ODD.replace("\t:  \"reverser\"", "\t:  \"reverser_b\"")
                        .replace("\"old\\u0041\\\"\"", "\"new\""));
    }

    @Test
    void comparesEverythingButTheLogin() {
        DatabaseSecret secret = DatabaseSecret.parse(ODD);
        DatabaseSecret next = secret.withCredentials(new MySqlCredentials("reverser_b", "new"));
        assertThat(secret.differsOnlyInCredentials(next)).isTrue();
        assertThat(secret.differsOnlyInCredentials(
                        DatabaseSecret.parse(next.text().replace("1.50", "1.5"))))
                .isFalse();
        assertThat(secret.differsOnlyInCredentials(
                        DatabaseSecret.parse(next.text().replace("db.example", "evil.example"))))
                .isFalse();
    }

    /** Besides the login, the secret has forty keys, in random order, with 60 kB of values. */
    @Test
    void keepsOtherKeysByteForByte() {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            String others = IntStream.range(0, 40)
                    .mapToObj(key -> "\"k%d\" : \"%s\"".formatted(key, text(random)))
                    .collect(Collectors.joining(" ,\n"));
            String text =
                    "{%s, \"MYSQL_PASSWORD\":\"old\",\"MYSQL_USER\":\"u\",\"MYSQL_HOST\":\"h\",\"MYSQL_DATABASE\":\"d\"}"
                            .formatted(others);
            assertThat(DatabaseSecret.parse(text)
                            .withCredentials(new MySqlCredentials("u", "new"))
                            .text())
                    .isEqualTo(text.replace("\"MYSQL_PASSWORD\":\"old\"", "\"MYSQL_PASSWORD\":\"new\""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "\"canary\"",
                "[\"canary\"]",
                "{\"MYSQL_PASSWORD\": \"canary\"",
                "{\"MYSQL_PASSWORD\": \"canary\"} canary",
                "{\"MYSQL_PASSWORD\": \"canary\"}",
                "{\"MYSQL_HOST\":\"h\",\"MYSQL_DATABASE\":\"d\",\"MYSQL_USER\":7,\"MYSQL_PASSWORD\":\"canary\"}",
                "{\"MYSQL_HOST\":\" \",\"MYSQL_DATABASE\":\"d\",\"MYSQL_USER\":\"u\",\"MYSQL_PASSWORD\":\"canary\"}",
                "{\"MYSQL_HOST\":\"h\",\"MYSQL_DATABASE\":\"d\",\"MYSQL_USER\":\"u\",\"MYSQL_PASSWORD\":\"canary\","
                        + "\"MYSQL_PASSWORD\":\"canary\"}"
            })
    void namesProblemWithoutShowingTheSecret(String text) {
        assertThatThrownBy(() -> DatabaseSecret.parse(text))
                .isInstanceOf(InvalidSecretException.class)
                .hasNoCause()
                .message()
                .startsWith("The secret ")
                .doesNotContain("canary");
    }

    @Test
    void hidesValuesInToString() {
        assertThat(DatabaseSecret.parse(ODD)).asString().doesNotContain("old", "reverser");
        assertThat(new MySqlCredentials("reverser", "canary")).asString().doesNotContain("canary");
    }

    private static String text(Random random) {
        return random.ints(300, 0x20, 0x3000)
                .filter(character -> character != '"' && character != '\\')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
