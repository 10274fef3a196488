package io.reverser.simulators.database;

import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the database servers that tests run against. */
public final class DatabaseServers {

    /**
     * An environment variable with the folder of a MySQL version that is newer than those in Maven repositories. The
     * script {@code .ci/newer-mysql} unpacks that version.
     */
    private static final String NEWER_MYSQL_VARIABLE = "NEWER_MYSQL";

    private DatabaseServers() {}

    /**
     * Starts all database servers. Each server requires TLS.
     *
     * @param folder a folder in which each server gets a subfolder
     * @throws DatabaseDidNotStart with the reason from the server's log
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

    /** Returns the product and version that a running server reports. */
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
