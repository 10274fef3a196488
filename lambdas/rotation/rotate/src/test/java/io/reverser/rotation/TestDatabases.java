package io.reverser.rotation;

import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.MySql;
import io.reverser.simulators.TestAuthority;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;

/** Real servers, started when the first test needs them, and stopped when all tests are done. */
final class TestDatabases {

    static final Path FOLDER = Path.of("target", "databases").toAbsolutePath();
    static final TestAuthority AUTHORITY = TestAuthority.create(FOLDER.resolve("authority"));
    static final DatabaseServer MYSQL = stoppedAtTheEnd(MySql.start(FOLDER.resolve("mysql"), AUTHORITY));
    static final DatabaseServer MARIADB = stoppedAtTheEnd(EmbeddedDatabase.start(FOLDER.resolve("mariadb"), AUTHORITY));
    static final Login ADMINISTRATOR = new Login(DatabaseServer.ADMINISTRATOR, DatabaseServer.ADMINISTRATOR_PASSWORD);

    private TestDatabases() {}

    static Exchange exchange(DatabaseServer server, LoginChange change) {
        return new Exchange(
                new Database(DriverManager::getConnection, AUTHORITY.file(), server.port()),
                change,
                () -> ADMINISTRATOR,
                Optional.empty());
    }

    private static DatabaseServer stoppedAtTheEnd(DatabaseServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
