package io.reverser.simulators.database;

import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.tls.TestAuthority;
import io.reverser.simulators.tls.TestCertificate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real MariaDB server on a free loopback port. Each server starts with an empty data folder. */
public final class MariaDbServer implements DatabaseServer {

    public static final String USER = "reverser";
    public static final String PASSWORD = "sandbox-only";

    private final DatabaseProgram program;
    private final List<String> settings;
    private final Optional<Path> caFile;
    private final int port = LoopbackPort.free();
    private final String name;
    private Process process;

    private MariaDbServer(DatabaseProgram program, List<String> settings, Optional<Path> caFile) {
        this.program = program;
        this.settings = settings;
        this.caFile = caFile;
        this.process = program.launch(port, settings);
        this.name = DatabaseServers.productName(this);
    }

    /**
     * Starts a server without TLS. It has one empty database, and an application account with all privileges on that
     * database.
     *
     * @param folder the folder of the server's data
     * @throws DatabaseDidNotStart with the reason from the server's log
     */
    public static MariaDbServer start(Path folder) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        var settings = new ArrayList<>(settings(home));
        // Without this option the server generates a key and a certificate, which takes seconds of CPU time.
        settings.add("--skip-ssl");
        return new MariaDbServer(MariaDbInstallation.create(home), settings, Optional.empty());
    }

    /** Starts a server that requires TLS. */
    public static MariaDbServer start(Path folder, TestAuthority authority) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        TestCertificate certificate = authority.serverCertificate();
        var settings = new ArrayList<>(settings(home));
        settings.addAll(List.of(
                "--require-secure-transport=ON",
                "--ssl-ca=" + authority.certificateFile(),
                "--ssl-cert=" + certificate.certificate(),
                "--ssl-key=" + certificate.key()));
        return new MariaDbServer(MariaDbInstallation.create(home), settings, Optional.of(authority.certificateFile()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Optional<Path> caFile() {
        return caFile;
    }

    /** The environment variables that an application needs to connect to this server with the application account. */
    public Map<String, String> environment() {
        return environment(USER, PASSWORD);
    }

    /**
     * The environment variables for an application that connects without TLS through another local port, such as that
     * of a proxy.
     */
    public static Map<String, String> environment(int port) {
        return Map.of(
                "MYSQL_HOST", HOST,
                "MYSQL_PORT", String.valueOf(port),
                "MYSQL_DATABASE", DATABASE_NAME,
                "MYSQL_USER", USER,
                "MYSQL_PASSWORD", PASSWORD,
                "MYSQL_TLS", "disabled");
    }

    /** The server's process, whose CPU time the bench reads. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Opens a connection with the application account. */
    public Connection connect() throws SQLException {
        return connect(USER, PASSWORD);
    }

    /** Drops all tables of the database. */
    public void dropAllTables() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + DATABASE_NAME);
            statement.execute("CREATE DATABASE " + DATABASE_NAME);
        } catch (SQLException failure) {
            throw new IllegalStateException("Cannot drop the tables of the database", failure);
        }
    }

    @Override
    public void stop() {
        DatabaseProgram.stop(process);
    }

    @Override
    public void restart() {
        process = program.launch(port, settings);
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<String> settings(DatabaseFolder folder) {
        String sql = BootstrapSql.forAdministrator("CONNECTION ADMIN") + """
                DROP USER IF EXISTS ''@'localhost';
                CREATE USER IF NOT EXISTS %2$s@'127.0.0.1' IDENTIFIED BY '%3$s';
                GRANT ALL ON %1$s.* TO %2$s@'127.0.0.1';
                """.formatted(DATABASE_NAME, USER, PASSWORD);
        return List.of("--init-file=" + folder.writeBootstrapSql(sql));
    }
}
