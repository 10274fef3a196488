package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.database.DatabaseServers;
import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;

/** Real database servers, started when the first test needs them, and stopped after all tests. */
public final class TestDatabases {

    static final Path FOLDER = Path.of("target", "databases").toAbsolutePath();
    public static final TestAuthority AUTHORITY = TestAuthority.create(FOLDER.resolve("authority"));
    /** MySQL, MariaDB, and a newer version of MySQL if it is installed. */
    static final List<DatabaseServer> ALL = stoppedAtTheEnd(DatabaseServers.startAll(FOLDER, AUTHORITY));

    public static final DatabaseServer MYSQL = ALL.get(0);
    public static final DatabaseServer MARIADB = ALL.get(1);
    public static final MySqlCredentials ADMINISTRATOR =
            new MySqlCredentials(DatabaseServer.ADMINISTRATOR, DatabaseServer.ADMINISTRATOR_PASSWORD);

    private TestDatabases() {}

    public static CredentialSwitcher switcher(DatabaseServer server, CredentialStrategy strategy) {
        return new CredentialSwitcher(
                new Database(DriverManager::getConnection, AUTHORITY.certificateFile(), server.port()),
                strategy,
                () -> ADMINISTRATOR,
                Optional.empty());
    }

    private static List<DatabaseServer> stoppedAtTheEnd(List<DatabaseServer> servers) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.forEach(DatabaseServer::close)));
        return servers;
    }
}
