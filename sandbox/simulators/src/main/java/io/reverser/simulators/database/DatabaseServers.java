package io.reverser.simulators.database;

import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database servers that tests run against. */
public final class DatabaseServers {

    /** The environment variable with the folder of a newer MySQL than Maven has; {@code .ci/newer-mysql} unpacks it. */
    private static final String NEWER_MYSQL_VARIABLE = "NEWER_MYSQL";

    private DatabaseServers() {}

    /**
     * Starts all of them; each requires TLS.
     *
     * @param folder each server gets a subfolder
     * @throws DatabaseDidNotStart with the reason from its log
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

    /** Product and version, as the server reports them. */
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
