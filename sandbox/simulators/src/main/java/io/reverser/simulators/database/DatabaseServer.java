package io.reverser.simulators.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/**
 * A real database server on a loopback port. It has one database, {@link #DATABASE_NAME}, and an administrator with the
 * same privileges as the master user in Aurora and RDS.
 */
public interface DatabaseServer extends AutoCloseable {

    /** The server's address. The server's certificate is valid for it. */
    String HOST = "127.0.0.1";

    String DATABASE_NAME = "reverser";
    String ADMINISTRATOR = "administrator";
    String ADMINISTRATOR_PASSWORD = "sandbox-only";

    /** The server's TCP port. It stays the same after a restart. */
    int port();

    /**
     * The PEM file of the CA that issued the server's certificate. If present, the server requires TLS; if empty, it
     * has no certificate.
     */
    Optional<Path> caFile();

    /** Stops the server and keeps its data, as in an outage. */
    void stop();

    /**
     * Starts a stopped server again with its data.
     *
     * @throws DatabaseDidNotStart with the reason from the server's log
     */
    void restart();

    /** Stops the server permanently. */
    @Override
    void close();

    /** The server's product and version, such as {@code MySQL 8.0.15}. */
    String name();

    /**
     * Opens a connection and verifies the server's certificate, if it has one. This method bypasses {@code
     * DriverManager}, which offers only drivers of the class loader that used it first, and Quarkus has several class
     * loaders in one test process.
     */
    default Connection connect(String user, String password) throws SQLException {
        var properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        properties.put("sslMode", caFile().isPresent() ? "verify-full" : "disable");
        caFile().ifPresent(file -> properties.put("serverSslCert", file.toString()));
        return new Driver().connect("jdbc:mariadb://%s:%d/%s".formatted(HOST, port(), DATABASE_NAME), properties);
    }

    /** Opens a connection with the administrator account, which can create other accounts. */
    default Connection connectAsAdministrator() throws SQLException {
        return connect(ADMINISTRATOR, ADMINISTRATOR_PASSWORD);
    }

    /** Runs statements in order as the administrator. */
    default void executeAsAdministrator(String... statements) {
        try (var connection = connectAsAdministrator();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The environment variables that an application needs to log in with an account. */
    default Map<String, String> environment(String user, String password) {
        var environment = new HashMap<>(Map.of(
                "MYSQL_HOST", HOST,
                "MYSQL_PORT", String.valueOf(port()),
                "MYSQL_DATABASE", DATABASE_NAME,
                "MYSQL_USER", user,
                "MYSQL_PASSWORD", password,
                "MYSQL_TLS", caFile().isPresent() ? "verify-identity" : "disabled"));
        caFile().ifPresent(file -> environment.put("MYSQL_CA", file.toString()));
        return environment;
    }
}
