package io.reverser.rotation.rotator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.secret.StepFailedException;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.tls.TestAuthority;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Switches logins on real database servers, with each strategy that the server supports. */
class CredentialSwitcherTest {

    private static final DatabaseServer MYSQL = TestDatabases.MYSQL;
    private static final DatabaseServer MARIADB = TestDatabases.MARIADB;
    private static final CredentialStrategy TWO = new AlternatingUsers(List.of("a", "b"));

    private final DatabaseSecret first = DatabaseSecret.parse("""
            {"MYSQL_HOST": "127.0.0.1", "MYSQL_DATABASE": "reverser", "MYSQL_USER": "a", "MYSQL_PASSWORD": "first"}""");

    /** A rotation strategy, and the database server on which it is tested. */
    record Case(DatabaseServer server, CredentialStrategy strategy) {
        @Override
        public String toString() {
            return strategy.getClass().getSimpleName() + " on " + server.name();
        }
    }

    @BeforeEach
    void accounts() {
        servers()
                .forEach(server -> server.executeAsAdministrator(
                        "DROP USER IF EXISTS a@'%', b@'%'",
                        "CREATE USER a@'%' IDENTIFIED BY 'first'",
                        "CREATE USER b@'%' IDENTIFIED BY 'never'",
                        "GRANT SELECT, INSERT ON reverser.* TO a@'%'",
                        "GRANT SELECT, INSERT ON reverser.* TO b@'%'"));
    }

    static Stream<Case> withoutDisruption() {
        return servers()
                .flatMap(server -> server.equals(MARIADB)
                        ? Stream.of(new Case(server, TWO))
                        : Stream.of(new Case(server, TWO), new Case(server, new DualPassword())));
    }

    static Stream<Case> all() {
        return Stream.concat(withoutDisruption(), servers().map(server -> new Case(server, new SingleUser())));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("withoutDisruption")
    void acceptsBothLoginsUntilTheOldOneIsRevoked(Case at) {
        CredentialSwitcher switcher = switcher(at);
        DatabaseSecret second = switcher.generateNext(first);
        for (int again = 0; again < 2; again++) {
            switcher.activate(first, second, () -> {});
            assertThat(switcher.canLogIn(first)).isTrue();
            assertThat(switcher.canLogIn(second)).isTrue();
        }
        for (int again = 0; again < 2; again++) {
            switcher.deactivateOld(first, second, () -> {});
            assertThat(switcher.canLogIn(first)).isFalse();
            assertThat(switcher.canLogIn(second)).isTrue();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("all")
    void rollsBackToOldLogin(Case at) {
        CredentialSwitcher switcher = switcher(at);
        DatabaseSecret second = switcher.generateNext(first);
        switcher.activate(first, second, () -> {});
        for (int again = 0; again < 2; again++) {
            switcher.rollBack(first, second, () -> {});
            assertThat(switcher.canLogIn(first)).isTrue();
            assertThat(switcher.canLogIn(second)).isFalse();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("all")
    void switchesRepeatedly(Case at) {
        CredentialSwitcher switcher = switcher(at);
        DatabaseSecret now = first;
        for (int round = 0; round < 4; round++) {
            assertThat(switcher.findUnmetPrecondition(now)).isEmpty();
            DatabaseSecret next = switcher.generateNext(now);
            switcher.activate(now, next, () -> {});
            switcher.testOnAllServers(next);
            switcher.deactivateOld(now, next, () -> {});
            now = next;
        }
    }

    /** A crash has left an unknown primary password, and made the current password the secondary one. */
    @Test
    void neverDropsThePasswordInUse() {
        CredentialSwitcher switcher = switcher(new Case(MYSQL, new DualPassword()));
        MYSQL.executeAsAdministrator("ALTER USER a@'%' IDENTIFIED BY 'of somebody who died' RETAIN CURRENT PASSWORD");
        DatabaseSecret second = switcher.generateNext(first);
        switcher.activate(first, second, () -> {});
        assertThat(switcher.canLogIn(first)).isTrue();
        assertThat(switcher.canLogIn(second)).isTrue();
        assertThat(switcher.canLogIn(first.withCredentials(new MySqlCredentials("a", "of somebody who died"))))
                .isFalse();
    }

    @Test
    void rejectsDualPasswordOnMariaDb() {
        assertThat(switcher(new Case(MARIADB, new DualPassword())).findUnmetPrecondition(first))
                .hasValueSatisfying(why -> assertThat(why).contains("11.4", "MariaDB", "alternating_users"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void rejectsUsersWithDifferentGrants(DatabaseServer server) {
        server.executeAsAdministrator("GRANT DELETE ON reverser.* TO b@'%'", "REVOKE INSERT ON reverser.* FROM b@'%'");
        assertThat(switcher(new Case(server, TWO)).findUnmetPrecondition(first))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("a@% and b@% have different grants", "GRANT SELECT, INSERT", "GRANT SELECT, DELETE"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void rejectsMissingSecondUser(DatabaseServer server) {
        server.executeAsAdministrator("DROP USER b@'%'");
        assertThat(switcher(new Case(server, TWO)).findUnmetPrecondition(first))
                .hasValueSatisfying(why -> assertThat(why).contains("the account b@% does not exist"));
    }

    /** The accounts may connect only from certain hosts, not from any host ({@code %}). */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void findsAccountsLimitedToAHost(DatabaseServer server) {
        server.executeAsAdministrator("RENAME USER a@'%' TO a@'127.0.0.%', b@'%' TO b@'127.0.0.%'");
        try {
            CredentialSwitcher switcher = switcher(new Case(server, TWO));
            DatabaseSecret second = switcher.generateNext(first);
            assertThat(switcher.findUnmetPrecondition(first)).isEmpty();
            switcher.activate(first, second, () -> {});
            switcher.deactivateOld(first, second, () -> {});
            assertThat(switcher.canLogIn(second)).isTrue();
        } finally {
            server.executeAsAdministrator("DROP USER a@'127.0.0.%', b@'127.0.0.%'");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void waitsForSessionsOfOldUser(DatabaseServer server) throws SQLException {
        CredentialSwitcher switcher = switcher(new Case(server, TWO));
        assertThat(switcher.findActiveSessions(first)).isEmpty();
        try (var session = server.connect("a", "first")) {
            assertThat(session.isValid(1)).isTrue();
            assertThat(switcher.findActiveSessions(first)).hasValue("a still has 1 open session in the database");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void changesNothingWhenCurrentLoginIsRejected(DatabaseServer server) {
        server.executeAsAdministrator("ALTER USER a@'%' IDENTIFIED BY 'by hand'");
        CredentialSwitcher switcher = switcher(new Case(server, TWO));
        assertThat(switcher.findUnmetPrecondition(first)).isPresent();
        assertThatThrownBy(() -> switcher.activate(first, switcher.generateNext(first), () -> {}))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("rejects a with the password");
        assertThat(switcher.canLogIn(first.withCredentials(new MySqlCredentials("a", "by hand"))))
                .isTrue();
    }

    @Test
    void changesNothingWhenRecheckFails() {
        CredentialSwitcher switcher = switcher(new Case(MYSQL, new DualPassword()));
        DatabaseSecret second = switcher.generateNext(first);
        assertThatThrownBy(() -> switcher.activate(first, second, () -> {
                    throw new StepFailedException("not any more");
                }))
                .hasMessage("not any more");
        assertThat(switcher.canLogIn(second)).isFalse();
    }

    @Test
    void namesErrorWithoutPassword() {
        MYSQL.executeAsAdministrator("ALTER USER a@'%' PASSWORD HISTORY 5");
        CredentialSwitcher switcher = switcher(new Case(MYSQL, new SingleUser()));
        DatabaseSecret canary = first.withCredentials(new MySqlCredentials("a", "canary-canary"));
        switcher.activate(first, canary, () -> {});
        assertThatThrownBy(() -> switcher.activate(canary, canary, () -> {}))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.isPermanent()).isTrue())
                .hasMessageContaining("password history")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void rejectsCertificateOfUnknownAuthority(DatabaseServer server) {
        TestAuthority foreign = TestAuthority.create(TestDatabases.FOLDER.resolve("foreign"));
        var stranger = new Database(DriverManager::getConnection, foreign.certificateFile(), server.port());
        assertThatThrownBy(() -> stranger.canLogIn(first))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("the database is unavailable");
    }

    static Stream<DatabaseServer> servers() {
        return TestDatabases.ALL.stream();
    }

    private static CredentialSwitcher switcher(Case at) {
        return TestDatabases.switcher(at.server(), at.strategy());
    }
}
