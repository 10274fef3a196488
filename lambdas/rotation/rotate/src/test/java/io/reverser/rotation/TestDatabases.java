package io.reverser.rotation;

import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.DatabaseServers;
import io.reverser.simulators.TestAuthority;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;

/** Real servers, started when the first test needs them, and stopped when all tests are done. */
final class TestDatabases {

    static final Path FOLDER = Path.of("target", "databases").toAbsolutePath();
    static final TestAuthority AUTHORITY = TestAuthority.create(FOLDER.resolve("authority"));
    /** MySQL, MariaDB, and a newer MySQL where there is one. */
    static final List<DatabaseServer> ALL = stoppedAtTheEnd(DatabaseServers.start(FOLDER, AUTHORITY));

    static final DatabaseServer MYSQL = ALL.get(0);
    static final DatabaseServer MARIADB = ALL.get(1);
    static final Login ADMINISTRATOR = new Login(DatabaseServer.ADMINISTRATOR, DatabaseServer.ADMINISTRATOR_PASSWORD);

    private TestDatabases() {}

    static Exchange exchange(DatabaseServer server, LoginChange change) {
        return new Exchange(
                new Database(DriverManager::getConnection, AUTHORITY.file(), server.port()),
                change,
                () -> ADMINISTRATOR,
                Optional.empty());
    }

    private static List<DatabaseServer> stoppedAtTheEnd(List<DatabaseServer> servers) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.forEach(DatabaseServer::close)));
        return servers;
    }
}
