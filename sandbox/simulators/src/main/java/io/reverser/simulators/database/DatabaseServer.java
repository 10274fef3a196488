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
 * A real database server on a loopback port. It has one database, {@link #DATABASE_NAME}, and an administrator with the privileges
 * that Aurora and RDS give theirs.
 */
public interface DatabaseServer extends AutoCloseable {

    /** As its certificate calls it. */
    String HOST = "127.0.0.1";

    String DATABASE_NAME = "reverser";
    String ADMINISTRATOR = "administrator";
    String ADMINISTRATOR_PASSWORD = "sandbox-only";

    /** On {@link #HOST}. It stays the same when the server is started again. */
    int port();

    /** The PEM file of the authority that signed the server's certificate. If there is one, the server requires TLS. */
    Optional<Path> caFile();

    /** Stops the server and keeps its data, as a database that goes away for a while does. */
    void stop();

    /**
     * Starts a stopped server again, with its data.
     *
     * @throws DatabaseDidNotStart with the server's own reason
     */
    void restart();

    /** Stops it for good. */
    @Override
    void close();

    /** What it is, like {@code MySQL 8.0.15}. */
    String name();

    /**
     * A new connection; its TLS, where the server has it, is verified. {@code DriverManager} is not asked: it offers only drivers
     * of the class loader that used it first, and Quarkus has several in one test process.
     */
    default Connection connect(String user, String password) throws SQLException {
        var properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        properties.put("sslMode", caFile().isPresent() ? "verify-full" : "disable");
        caFile().ifPresent(file -> properties.put("serverSslCert", file.toString()));
        return new Driver().connect("jdbc:mariadb://%s:%d/%s".formatted(HOST, port(), DATABASE_NAME), properties);
    }

    /** A new connection with the account that may make other accounts. */
    default Connection connectAsAdministrator() throws SQLException {
        return connect(ADMINISTRATOR, ADMINISTRATOR_PASSWORD);
    }

    /** Does these, one after the other, as the administrator. */
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

    /** What an application needs to log in with an account, as environment variables. */
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
