package io.reverser.simulators.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * A MySQL that can be started.
 *
 * @param command begins every start
 */
record MySqlInstallation(List<String> command) {

    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    /**
     * MySQL looks for its libraries beside itself first, so Debian's package need not be installed. Where it cannot be had,
     * MySQL says at its start what it lacks. Newer Debians call the package and its file differently.
     */
    private static final String DOWNLOAD_LIBAIO = """
            apt-get -q update
            apt-get -q download libaio1 || apt-get -q download libaio1t64
            dpkg-deb -x libaio1*.deb .
            ln -s "$(find . -type f -name 'libaio.so.1*')" libaio.so.1
            """;

    /** MySQL 8.0.15, unpacked into this folder. */
    static MySqlInstallation unpackBundled(Path folder) {
        Path programs = folder.resolve("bin");
        Path server = programs.resolve("mysqld");
        try {
            if (!Files.exists(server)) {
                unpack(folder);
            }
            if (!exitsCleanly(programs, server.toString(), "--version")) {
                exitsCleanly(programs, "sh", "-c", DOWNLOAD_LIBAIO);
            }
        } catch (IOException failure) {
            throw new DatabaseDidNotStart("MySQL", failure);
        }
        return new MySqlInstallation(List.of(server.toString(), "--no-defaults", "--basedir=" + folder));
    }

    /** The one below this folder, which is like the root of a Debian: it runs with the libraries there, not with the machine's. */
    static MySqlInstallation inDebianRoot(Path root) {
        return new MySqlInstallation(List.of(
                root.resolve("usr/lib64/ld-linux-x86-64.so.2").toString(),
                "--library-path",
                root.resolve("usr/lib/x86_64-linux-gnu").toString(),
                root.resolve("usr/sbin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + root.resolve("usr")));
    }

    private static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path archive = folder.resolve("mysql.tar.gz");
        try (InputStream packed = Objects.requireNonNull(MySqlInstallation.class.getResourceAsStream(ARCHIVE))) {
            Files.copy(packed, archive, StandardCopyOption.REPLACE_EXISTING);
        }
        exitsCleanly(folder, "tar", "-xzf", archive.toString());
        Files.delete(archive);
    }

    private static boolean exitsCleanly(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("installation.log").toFile())
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
