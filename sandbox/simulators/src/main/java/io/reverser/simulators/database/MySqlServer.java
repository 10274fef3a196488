package io.reverser.simulators.database;

import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.tls.TestAuthority;
import io.reverser.simulators.tls.TestCertificate;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real MySQL server that runs in a separate process and requires TLS. Each server starts with an empty data folder.
 */
public final class MySqlServer implements DatabaseServer {

    private static final String PRIVILEGES =
            "CREATE ROLE, DROP ROLE, APPLICATION_PASSWORD_ADMIN, CONNECTION_ADMIN," + " ROLE_ADMIN, XA_RECOVER_ADMIN";

    private final DatabaseProgram program;
    private final TestAuthority authority;
    private final int port;
    private final String name;
    private Process process;

    private MySqlServer(DatabaseProgram program, TestAuthority authority) {
        this.program = program;
        this.authority = authority;
        program.run(List.of("--initialize-insecure"), Redirect.PIPE);
        // The port is chosen as late as possible: it is not reserved, and another process could bind it while MySQL
        // initializes its data.
        this.port = LoopbackPort.free();
        this.process = launch();
        this.name = DatabaseServers.productName(this);
    }

    /**
     * Starts MySQL 8.0.15. It supports dual passwords, which MySQL introduced in 8.0.14.
     *
     * @param folder the folder of the server's data
     * @throws DatabaseDidNotStart with the reason from the server's log
     */
    public static MySqlServer start(Path folder, TestAuthority authority) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        return new MySqlServer(MySqlInstallation.bundled(home), authority);
    }

    /**
     * Starts a MySQL server of another version.
     *
     * @param root the unpacked Debian root folder with MySQL
     */
    static MySqlServer start(Path folder, Path root, TestAuthority authority) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        return new MySqlServer(MySqlInstallation.inDebianRoot(home, root), authority);
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
        return Optional.of(authority.certificateFile());
    }

    @Override
    public void stop() {
        DatabaseProgram.stop(process);
    }

    @Override
    public void restart() {
        process = launch();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return name;
    }

    private Process launch() {
        TestCertificate certificate = authority.serverCertificate();
        String sql = BootstrapSql.forAdministrator(PRIVILEGES);
        return program.launch(
                port,
                List.of(
                        "--init-file=" + program.folder().writeBootstrapSql(sql),
                        "--require-secure-transport=ON",
                        "--ssl-ca=" + authority.certificateFile(),
                        "--ssl-cert=" + certificate.certificate(),
                        "--ssl-key=" + certificate.key(),
                        "--mysqlx=OFF",
                        "--skip-log-bin"));
    }
}
