package io.reverser.databaseuser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationAccountTest {

    private static final String SECRET = """
            {"MYSQL_HOST": "h", "MYSQL_USER": "%s", "MYSQL_PASSWORD": "%s", "MYSQL_DATABASE": "%s", "other": 1}""";
    private static final String PASSWORD = "canary-0123456789";

    @Test
    void parsesSecretAndHidesPassword() {
        ApplicationAccount account = ApplicationAccount.parse(SECRET.formatted("reverser", PASSWORD, "visits"));
        assertThat(account).hasToString("reverser in visits");
        assertThat(account.createStatements())
                .containsExactly(
                        "CREATE USER IF NOT EXISTS 'reverser'@'%' IDENTIFIED BY 'canary-0123456789'",
                        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON `visits`.* TO 'reverser'@'%'");
    }

    /** In GRANT, and nowhere else, an underscore in the name of a database is a wildcard. */
    @Test
    void escapesUnderscoresInGrants() {
        ApplicationAccount account = ApplicationAccount.parse(SECRET.formatted("the_user", PASSWORD, "shop_1"));
        assertThat(account.createStatements().getLast()).endsWith(" ON `shop\\_1`.* TO 'the_user'@'%'");
    }

    /** During a deployment, the application's secret may name either of the two alternating users. */
    @ParameterizedTest
    @ValueSource(strings = {"reverser", "reverser_2"})
    void createsAlternateWithRandomPassword(String user) {
        ApplicationAccount account = ApplicationAccount.parse(SECRET.formatted(user, PASSWORD, "visits"));
        List<ApplicationAccount> both = account.withAlternates(List.of("reverser", "reverser_2"));
        assertThat(both).extracting(ApplicationAccount::user).containsExactlyInAnyOrder("reverser", "reverser_2");
        assertThat(both.getFirst()).isSameAs(account);
        assertThat(both.getLast().database()).isEqualTo("visits");
        assertThat(both.getLast().password()).matches("[\\w-]{32}");
        assertThat(account.withAlternates(List.of("reverser", "reverser_2"))
                        .getLast()
                        .password())
                .isNotEqualTo(both.getLast().password());
    }

    @Test
    void createsNoAlternateWithoutConfiguredUsers() {
        ApplicationAccount account = ApplicationAccount.parse(SECRET.formatted("reverser", PASSWORD, "visits"));
        assertThat(account.withAlternates(List.of())).containsExactly(account);
        assertThatThrownBy(() -> account.withAlternates(List.of("reverser", "o'neill")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_USERS: found o'neill, expected");
    }

    /**
     * Each of these values in the application's secret would end an SQL literal, start another statement, or grant
     * access to more than one database.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "o'neill  | canary-0123456789    | visits   | MYSQL_USER",
                "Reverser | canary-0123456789    | visits   | MYSQL_USER",
                "''       | canary-0123456789    | visits   | MYSQL_USER",
                "reverser | canary-0123'; DROP   | visits   | MYSQL_PASSWORD",
                "reverser | canary               | visits   | MYSQL_PASSWORD",
                "reverser | canary\\\\0123456789 | visits   | MYSQL_PASSWORD",
                "reverser | canary-0123456789    | *        | MYSQL_DATABASE",
                "reverser | canary-0123456789    | visi`ts  | MYSQL_DATABASE",
                "reverser | canary-0123456789    | a%       | MYSQL_DATABASE",
            })
    void rejectsCharactersThatNeedQuoting(String user, String password, String database, String key) {
        String secret = SECRET.formatted(user, password, database);
        assertThatThrownBy(() -> ApplicationAccount.parse(secret))
                .isInstanceOf(InvalidApplicationSecretException.class)
                .hasMessageContaining("no usable " + key + ": expected ")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "{\"MYSQL_PASSWORD\": \"canary", "[\"canary\"]", "\"canary\"", ""})
    void hidesUnreadableSecretInErrors(String secret) {
        assertThatThrownBy(() -> ApplicationAccount.parse(secret))
                .isInstanceOf(InvalidApplicationSecretException.class)
                .hasNoCause()
                .hasMessageNotContaining("canary");
    }
}
