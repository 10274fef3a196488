package io.reverser.simulators.database;

import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which servers there are to test with. */
public final class DatabaseServers {

    /** Names the folder with a newer MySQL than Maven has, which {@code .ci/newer-mysql} unpacks. */
    private static final String NEWER_MYSQL_VARIABLE = "NEWER_MYSQL";

    private DatabaseServers() {}

    /**
     * Starts all of them, for TLS alone.
     *
     * @param folder where each has a folder of its own
     * @throws DatabaseDidNotStart with the server's own reason
     */
    public static List<DatabaseServer> startAll(Path folder, TestAuthority authority) {
        var servers = new ArrayList<DatabaseServer>();
        servers.add(MySqlServer.start(folder.resolve("mysql"), authority));
        servers.add(MariaDbServer.start(folder.resolve("mariadb"), authority));
        Optional.ofNullable(System.getenv(NEWER_MYSQL_VARIABLE))
                .map(root -> MySqlServer.start(folder.resolve("newer-mysql"), Path.of(root), authority))
                .ifPresent(servers::add);
        return List.copyOf(servers);
    }

    /** Asks a server what it is. */
    static String productName(DatabaseServer server) {
        try (var connection = server.connectAsAdministrator()) {
            var product = connection.getMetaData();
            return product.getDatabaseProductName() + " "
                    + product.getDatabaseProductVersion().replaceFirst("-.*", "");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
