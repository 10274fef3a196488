package io.reverser.simulators.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database servers must run whatever the path of the checkout is. */
class DatabaseFolderTest {

    /**
     * A folder with special characters in its path. The path of a Unix socket in this folder would exceed the limit of
     * 107 bytes.
     */
    private static final Path FOLDER = Path.of("target", "my own $HOME's 100% \"späße\"; all of it", "x".repeat(60));

    @Test
    void mayHaveAnyName() {
        List<DatabaseServer> servers =
                DatabaseServers.startAll(FOLDER, TestAuthority.create(FOLDER.resolve("authority")));
        assertThat(servers).extracting(DatabaseServer::name).startsWith("MySQL 8.0.15", "MariaDB 11.4.5");
        servers.forEach(DatabaseServer::close);
    }

    @Test
    void errorsContainTheServersMessage() {
        Path log = Path.of("log");
        assertThat(new DatabaseDidNotStart("MariaDB", "Note\n[ERROR] Can't open\nAborting\n", log))
                .hasMessage("MariaDB did not start: [ERROR] Can't open (its log: log)");
        assertThat(new DatabaseDidNotStart("MariaDB", "mariadbd: Can't change dir\n[ERROR] Aborting\n\n", log))
                .hasMessage("MariaDB did not start: mariadbd: Can't change dir (its log: log)");
    }
}
