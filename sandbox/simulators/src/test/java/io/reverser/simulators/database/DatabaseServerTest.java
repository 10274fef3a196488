package io.reverser.simulators.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.tls.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the properties of real database servers that a password rotation depends on. */
class DatabaseServerTest {

    private static final Path FOLDER = Path.of("target", "databases");
    private static final int ACCESS_DENIED = 1045;

    private static TestAuthority authority;
    private static List<DatabaseServer> all;

    @BeforeAll
    static void start() {
        authority = TestAuthority.create(FOLDER.resolve("authority"));
        all = DatabaseServers.startAll(FOLDER, authority);
    }

    @AfterAll
    static void stop() {
        all.forEach(DatabaseServer::close);
    }

    static List<DatabaseServer> servers() {
        return all;
    }

    static List<DatabaseServer> mysql() {
        return all.stream().filter(MySqlServer.class::isInstance).toList();
    }

    static List<DatabaseServer> mariadb() {
        return all.stream().filter(MariaDbServer.class::isInstance).toList();
    }

    @Test
    void returnTheirProductAndVersion() {
        assertThat(all)
                .extracting(DatabaseServer::name)
                .startsWith("MySQL 8.0.15", "MariaDB 11.4.5")
                .allMatch(name -> name.matches("(MySQL|MariaDB) [\\d.]+"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void useTls(DatabaseServer server) throws SQLException {
        try (var connection = server.connectAsAdministrator()) {
            assertThat(first(connection, "SHOW STATUS LIKE 'Ssl_version'", 2)).startsWith("TLSv1.");
        }
        assertThatThrownBy(() -> connect(server, "sslMode=disable")).isInstanceOf(SQLException.class);
    }

    /**
     * Uses a TLS handshake without the JDBC driver, because the driver accepts an untrusted certificate from a MariaDB
     * server if the server proves that it knows the password.
     */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void areRejectedByClientsOfAnotherAuthority(DatabaseServer server) throws IOException {
        TestAuthority foreign = TestAuthority.create(FOLDER.resolve("foreign"));
        assertThat(handshake(server, authority)).startsWith("TLSv1.");
        assertThatThrownBy(() -> handshake(server, foreign))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("PKIX path validation failed");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void keepDataAndPortOverARestart(DatabaseServer server) throws SQLException {
        server.executeAsAdministrator(
                "CREATE TABLE reverser.kept (n INT)",
                "INSERT INTO reverser.kept VALUES (7)",
                "CREATE USER kept@'%' IDENTIFIED BY 'kept'",
                "GRANT SELECT ON reverser.* TO kept@'%'");
        int port = server.port();
        server.stop();
        assertThatThrownBy(server::connectAsAdministrator).isInstanceOf(SQLException.class);
        server.restart();
        assertThat(server.port()).isEqualTo(port);
        try (var connection = server.connect("kept", "kept")) {
            assertThat(first(connection, "SELECT n FROM reverser.kept", 1)).isEqualTo("7");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void giveTheAdministratorThePrivilegesThatARotationNeeds(DatabaseServer server) throws SQLException {
        server.executeAsAdministrator(
                "CREATE USER watched@'%' IDENTIFIED BY 'one'", "GRANT SELECT, INSERT ON reverser.* TO watched@'%'");
        try (var watched = server.connect("watched", "one");
                var administrator = server.connectAsAdministrator()) {
            assertThat(first(administrator, "SELECT GET_LOCK('rotation', 0)", 1))
                    .isEqualTo("1");
            assertThat(first(administrator, "SHOW GRANTS FOR watched@'%'", 1)).contains("USAGE");
            String session =
                    first(administrator, "SELECT id FROM information_schema.processlist WHERE user = 'watched'", 1);
            administrator.createStatement().execute("KILL " + session);
            assertThat(watched.isValid(1)).isFalse();
        }
    }

    /**
     * The administrator cannot write to system tables, as in Aurora, so a rotation has to use CREATE USER and ALTER
     * USER.
     */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void denyWritesToSystemTables(DatabaseServer server) throws SQLException {
        try (var administrator = server.connectAsAdministrator();
                var statement = administrator.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM mysql.db")).hasMessageContaining("command denied");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("mysql")
    void mysqlAcceptsTwoPasswordsUntilTheOldOneIsDiscarded(DatabaseServer mysql) throws SQLException {
        mysql.executeAsAdministrator(
                "CREATE USER two_at_once@'%' IDENTIFIED BY 'one'",
                "GRANT SELECT ON reverser.* TO two_at_once@'%'",
                "ALTER USER two_at_once@'%' IDENTIFIED BY 'two' RETAIN CURRENT PASSWORD");
        assertThat(hasSecondPassword(mysql, "two_at_once")).isTrue();
        mysql.connect("two_at_once", "one").close();
        mysql.connect("two_at_once", "two").close();
        mysql.executeAsAdministrator("ALTER USER two_at_once@'%' DISCARD OLD PASSWORD");
        assertThat(hasSecondPassword(mysql, "two_at_once")).isFalse();
        assertThat(loginErrorCode(mysql, "two_at_once", "one")).isEqualTo(ACCESS_DENIED);
        mysql.connect("two_at_once", "two").close();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("mysql")
    void mysqlDropsTheOldestPasswordWhenAThirdIsSet(DatabaseServer mysql) throws SQLException {
        mysql.executeAsAdministrator(
                "CREATE USER thrice@'%' IDENTIFIED BY 'one'",
                "GRANT SELECT ON reverser.* TO thrice@'%'",
                "ALTER USER thrice@'%' IDENTIFIED BY 'two' RETAIN CURRENT PASSWORD",
                "ALTER USER thrice@'%' IDENTIFIED BY 'three' RETAIN CURRENT PASSWORD");
        assertThat(loginErrorCode(mysql, "thrice", "one")).isEqualTo(ACCESS_DENIED);
        mysql.connect("thrice", "two").close();
    }

    /**
     * The rollback of a rotation relies on this behavior: setting the primary password without RETAIN or DISCARD keeps
     * the secondary password.
     */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("mysql")
    void mysqlKeepsTheSecondaryPasswordWhenThePrimaryIsReplaced(DatabaseServer mysql) throws SQLException {
        mysql.executeAsAdministrator(
                "CREATE USER back@'%' IDENTIFIED BY 'one'",
                "GRANT SELECT ON reverser.* TO back@'%'",
                "ALTER USER back@'%' IDENTIFIED BY 'two' RETAIN CURRENT PASSWORD",
                "ALTER USER back@'%' IDENTIFIED BY 'three'");
        mysql.connect("back", "one").close();
        mysql.connect("back", "three").close();
        assertThat(loginErrorCode(mysql, "back", "two")).isEqualTo(ACCESS_DENIED);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("mariadb")
    void mariadbHasNoSecondPasswordSoUsersAlternate(DatabaseServer mariadb) throws SQLException {
        mariadb.executeAsAdministrator(
                "CREATE USER app_a@'%' IDENTIFIED BY 'one'",
                "CREATE USER app_b@'%' IDENTIFIED BY 'one'",
                "GRANT SELECT ON reverser.* TO app_a@'%'",
                "GRANT SELECT ON reverser.* TO app_b@'%'",
                "ALTER USER app_b@'%' IDENTIFIED BY 'two'");
        mariadb.connect("app_a", "one").close();
        mariadb.connect("app_b", "two").close();
        assertThat(loginErrorCode(mariadb, "app_b", "one")).isEqualTo(ACCESS_DENIED);
        assertThatThrownBy(() -> mariadb.executeAsAdministrator(
                        "ALTER USER app_a@'%' IDENTIFIED BY 'two' RETAIN CURRENT PASSWORD"))
                .hasStackTraceContaining("RETAIN CURRENT PASSWORD");
    }

    /** Performs the TLS handshake of the MySQL protocol: after the server's greeting, the client requests TLS. */
    private static String handshake(DatabaseServer server, TestAuthority trusted) throws IOException {
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            InputStream greeting = plain.getInputStream();
            int length = greeting.read() | greeting.read() << 8 | greeting.read() << 16;
            greeting.readNBytes(1 + length);
            plain.getOutputStream()
                    .write(HexFormat.of().parseHex("20000001" + "008a0000" + "00000001" + "2d" + "00".repeat(23)));
            try (var secure = (SSLSocket) trusted.clientSslContext()
                    .getSocketFactory()
                    .createSocket(plain, DatabaseServer.HOST, server.port(), true)) {
                secure.startHandshake();
                return secure.getSession().getProtocol();
            }
        }
    }

    private static boolean hasSecondPassword(DatabaseServer mysql, String user) throws SQLException {
        try (var connection = mysql.connectAsAdministrator()) {
            return first(
                            connection,
                            "SELECT User_attributes->>'$.additional_password' IS NOT NULL FROM mysql.user WHERE user = '"
                                    + user + "'",
                            1)
                    .equals("1");
        }
    }

    private static int loginErrorCode(DatabaseServer server, String user, String password) {
        try (var connection = server.connect(user, password)) {
            throw new AssertionError("It let in " + connection);
        } catch (SQLException refused) {
            return refused.getErrorCode();
        }
    }

    private static Connection connect(DatabaseServer server, String tls) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://%s:%d/?%s".formatted(DatabaseServer.HOST, server.port(), tls),
                DatabaseServer.ADMINISTRATOR,
                DatabaseServer.ADMINISTRATOR_PASSWORD);
    }

    private static String first(Connection connection, String query, int column) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(column);
        }
    }
}
