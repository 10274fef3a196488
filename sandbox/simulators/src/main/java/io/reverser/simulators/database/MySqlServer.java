package io.reverser.simulators.database;

import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.tls.TestAuthority;
import io.reverser.simulators.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real MySQL server in a process of its own, for TLS alone. The binaries stay in the folder for the next start; the data
 * is new at every {@link #start}.
 */
public final class MySqlServer implements DatabaseServer {

    private static final Duration PROCESS_TIMEOUT = Duration.ofSeconds(60);
    private static final String PRIVILEGES =
            "CREATE ROLE, DROP ROLE, APPLICATION_PASSWORD_ADMIN, CONNECTION_ADMIN," + " ROLE_ADMIN, XA_RECOVER_ADMIN";

    private final MySqlInstallation installation;
    private final DatabaseFolder folder;
    private final TestAuthority authority;
    private final int port;
    private final String name;
    private Process process;

    private MySqlServer(MySqlInstallation installation, DatabaseFolder folder, TestAuthority authority) {
        this.installation = installation;
        this.folder = folder;
        this.authority = authority;
        initialize();
        // Not before: nobody keeps it free for as long as that takes.
        this.port = LoopbackPort.free();
        this.process = launch();
        this.name = DatabaseServers.productName(this);
    }

    /**
     * Starts MySQL 8.0.15, the first but one that knows two passwords for an account.
     *
     * @param folder where binaries, data and the socket live
     * @throws DatabaseDidNotStart with the server's own reason
     */
    public static MySqlServer start(Path folder, TestAuthority authority) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        return new MySqlServer(MySqlInstallation.unpackBundled(home.binaries()), home, authority);
    }

    /**
     * Starts another MySQL.
     *
     * @param root of an unpacked Debian that has it
     */
    static MySqlServer start(Path folder, Path root, TestAuthority authority) {
        DatabaseFolder home = DatabaseFolder.prepare(folder);
        return new MySqlServer(MySqlInstallation.inDebianRoot(root), home, authority);
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
        process.destroy();
        try {
            if (!process.waitFor(PROCESS_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
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

    private void initialize() {
        Process initialization = run(List.of("--initialize-insecure"));
        try {
            if (initialization.waitFor() != 0) {
                throw new DatabaseDidNotStart("MySQL", readLog());
            }
        } catch (InterruptedException interrupted) {
            initialization.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DatabaseDidNotStart("MySQL", interrupted);
        }
    }

    private Process launch() {
        TestCertificate certificate = authority.serverCertificate();
        Process started = run(List.of(
                "--bind-address=" + HOST,
                "--port=" + port,
                "--socket=" + folder.socket(),
                "--pid-file=" + folder.pidFile(),
                "--init-file=" + folder.writeBootstrapSql(BootstrapSql.forAdministrator(PRIVILEGES)),
                "--require-secure-transport=ON",
                "--ssl-ca=" + authority.certificateFile(),
                "--ssl-cert=" + certificate.certificate(),
                "--ssl-key=" + certificate.key(),
                "--mysqlx=OFF",
                "--skip-log-bin",
                "--skip-name-resolve"));
        long deadline = System.nanoTime() + PROCESS_TIMEOUT.toNanos();
        while (!readLog().contains("ready for connections")) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new DatabaseDidNotStart("MySQL", readLog());
            }
            pauseBetweenPolls();
        }
        return started;
    }

    private Process run(List<String> arguments) {
        var command = new ArrayList<>(installation.command());
        command.add("--datadir=" + folder.data());
        command.add("--secure-file-priv=NULL");
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.log().toFile())
                    .start();
        } catch (IOException failure) {
            throw new DatabaseDidNotStart("MySQL", failure);
        }
    }

    /** Since the last start. */
    private String readLog() {
        try {
            return Files.readString(folder.log());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void pauseBetweenPolls() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseDidNotStart("MySQL", interrupted);
        }
    }
}
