package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.TestAuthority;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logins are exchanged, on each real server in each way that it can do. */
class ExchangeTest {

    private static final DatabaseServer MYSQL = TestDatabases.MYSQL;
    private static final DatabaseServer MARIADB = TestDatabases.MARIADB;
    private static final LoginChange TWO = new AlternatingUsers(List.of("a", "b"));

    private final DatabaseSecret first = DatabaseSecret.read("""
            {"MYSQL_HOST": "127.0.0.1", "MYSQL_DATABASE": "reverser", "MYSQL_USER": "a", "MYSQL_PASSWORD": "first"}""");

    /** A way on a server. */
    record Case(DatabaseServer server, LoginChange change) {
        @Override
        public String toString() {
            return change.getClass().getSimpleName() + " on " + server.name();
        }
    }

    @BeforeEach
    void accounts() {
        servers()
                .forEach(server -> server.administer(
                        "DROP USER IF EXISTS a@'%', b@'%'",
                        "CREATE USER a@'%' IDENTIFIED BY 'first'",
                        "CREATE USER b@'%' IDENTIFIED BY 'never'",
                        "GRANT SELECT, INSERT ON reverser.* TO a@'%'",
                        "GRANT SELECT, INSERT ON reverser.* TO b@'%'"));
    }

    static Stream<Case> unnoticed() {
        return servers()
                .flatMap(server -> server.equals(MARIADB)
                        ? Stream.of(new Case(server, TWO))
                        : Stream.of(new Case(server, TWO), new Case(server, new DualPassword())));
    }

    static Stream<Case> all() {
        return Stream.concat(unnoticed(), servers().map(server -> new Case(server, new SingleUser())));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("unnoticed")
    void letsBothInUntilTheOldOneIsDropped(Case at) {
        Exchange exchange = exchange(at);
        DatabaseSecret second = exchange.next(first);
        for (int again = 0; again < 2; again++) {
            exchange.set(first, second, () -> {});
            assertThat(exchange.letsIn(first)).isTrue();
            assertThat(exchange.letsIn(second)).isTrue();
        }
        for (int again = 0; again < 2; again++) {
            exchange.drop(first, second, () -> {});
            assertThat(exchange.letsIn(first)).isFalse();
            assertThat(exchange.letsIn(second)).isTrue();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("all")
    void goesBackToTheOldOne(Case at) {
        Exchange exchange = exchange(at);
        DatabaseSecret second = exchange.next(first);
        exchange.set(first, second, () -> {});
        for (int again = 0; again < 2; again++) {
            exchange.undo(first, second, () -> {});
            assertThat(exchange.letsIn(first)).isTrue();
            assertThat(exchange.letsIn(second)).isFalse();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("all")
    void goesOnForEver(Case at) {
        Exchange exchange = exchange(at);
        DatabaseSecret now = first;
        for (int round = 0; round < 4; round++) {
            assertThat(exchange.obstacle(now)).isEmpty();
            DatabaseSecret next = exchange.next(now);
            exchange.set(now, next, () -> {});
            exchange.test(next);
            exchange.drop(now, next, () -> {});
            now = next;
        }
    }

    /** What was cut off left a password nobody knows; the second place is all that the current one has. */
    @Test
    void losesNeverThePasswordThatIsInUse() {
        Exchange exchange = exchange(new Case(MYSQL, new DualPassword()));
        MYSQL.administer("ALTER USER a@'%' IDENTIFIED BY 'of somebody who died' RETAIN CURRENT PASSWORD");
        DatabaseSecret second = exchange.next(first);
        exchange.set(first, second, () -> {});
        assertThat(exchange.letsIn(first)).isTrue();
        assertThat(exchange.letsIn(second)).isTrue();
        assertThat(exchange.letsIn(first.with(new Login("a", "of somebody who died"))))
                .isFalse();
    }

    @Test
    void refusesTwoPasswordsWhereTheServerKnowsOnlyOne() {
        assertThat(exchange(new Case(MARIADB, new DualPassword())).obstacle(first))
                .hasValueSatisfying(why -> assertThat(why).contains("11.4", "MariaDB", "alternating_users"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void refusesUsersWhoMayNotDoTheSame(DatabaseServer server) {
        server.administer("GRANT DELETE ON reverser.* TO b@'%'", "REVOKE INSERT ON reverser.* FROM b@'%'");
        assertThat(exchange(new Case(server, TWO)).obstacle(first))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("a@% and b@% may not do the same", "GRANT SELECT, INSERT", "GRANT SELECT, DELETE"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void refusesASecondUserThatIsNotThere(DatabaseServer server) {
        server.administer("DROP USER b@'%'");
        assertThat(exchange(new Case(server, TWO)).obstacle(first))
                .hasValueSatisfying(why -> assertThat(why).contains("no account b@%"));
    }

    /** Not every account comes from everywhere. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void findsAccountsOfOtherHosts(DatabaseServer server) {
        server.administer("RENAME USER a@'%' TO a@'127.0.0.%', b@'%' TO b@'127.0.0.%'");
        try {
            Exchange exchange = exchange(new Case(server, TWO));
            DatabaseSecret second = exchange.next(first);
            assertThat(exchange.obstacle(first)).isEmpty();
            exchange.set(first, second, () -> {});
            exchange.drop(first, second, () -> {});
            assertThat(exchange.letsIn(second)).isTrue();
        } finally {
            server.administer("DROP USER a@'127.0.0.%', b@'127.0.0.%'");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void waitsForTheSessionsOfTheOldUser(DatabaseServer server) throws SQLException {
        Exchange exchange = exchange(new Case(server, TWO));
        assertThat(exchange.users(first)).isEmpty();
        try (var session = server.connect("a", "first")) {
            assertThat(session.isValid(1)).isTrue();
            assertThat(exchange.users(first)).hasValue("a still has 1 session in the database");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void changesNothingWhenTheSecretIsNotLetIn(DatabaseServer server) {
        server.administer("ALTER USER a@'%' IDENTIFIED BY 'by hand'");
        Exchange exchange = exchange(new Case(server, TWO));
        assertThat(exchange.obstacle(first)).isPresent();
        assertThatThrownBy(() -> exchange.set(first, exchange.next(first), () -> {}))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("does not let a in");
        assertThat(exchange.letsIn(first.with(new Login("a", "by hand")))).isTrue();
    }

    @Test
    void doesNothingWhenItIsNotWantedAnyMore() {
        Exchange exchange = exchange(new Case(MYSQL, new DualPassword()));
        DatabaseSecret second = exchange.next(first);
        assertThatThrownBy(() -> exchange.set(first, second, () -> {
                    throw new StepFailure("not any more");
                }))
                .hasMessage("not any more");
        assertThat(exchange.letsIn(second)).isFalse();
    }

    @Test
    void namesTheErrorAndNotThePassword() {
        MYSQL.administer("ALTER USER a@'%' PASSWORD HISTORY 5");
        Exchange exchange = exchange(new Case(MYSQL, new SingleUser()));
        DatabaseSecret canary = first.with(new Login("a", "canary-canary"));
        exchange.set(first, canary, () -> {});
        assertThatThrownBy(() -> exchange.set(canary, canary, () -> {}))
                .isInstanceOfSatisfying(
                        DatabaseFailure.class,
                        failure -> assertThat(failure.isFinal()).isTrue())
                .hasMessageContaining("password history")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void believesNoServerThatAnotherAuthorityVouchesFor(DatabaseServer server) {
        TestAuthority foreign = TestAuthority.create(TestDatabases.FOLDER.resolve("foreign"));
        var stranger = new Database(DriverManager::getConnection, foreign.file(), server.port());
        assertThatThrownBy(() -> stranger.letsIn(first))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("cannot be reached");
    }

    static Stream<DatabaseServer> servers() {
        return TestDatabases.ALL.stream();
    }

    private static Exchange exchange(Case at) {
        return TestDatabases.exchange(at.server(), at.change());
    }
}
