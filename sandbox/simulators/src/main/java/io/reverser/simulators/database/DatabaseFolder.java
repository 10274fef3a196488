package io.reverser.simulators.database;

import io.reverser.simulators.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * The folder with the data and the log of a database server.
 *
 * @param home an absolute path
 */
record DatabaseFolder(Path home) {

    /** Creates the folder, and deletes the data of an earlier server in it. */
    static DatabaseFolder prepare(Path folder) {
        var prepared = new DatabaseFolder(folder.toAbsolutePath());
        try {
            Files.createDirectories(prepared.home);
            ChildProcess.endOrphans();
            deleteRecursively(prepared.data());
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot prepare " + prepared.home + " for the database", failure);
        }
        return prepared;
    }

    Path data() {
        return home.resolve("data");
    }

    Path pidFile() {
        return home.resolve("pid");
    }

    Path log() {
        return home.resolve("log");
    }

    /** Writes a file with SQL statements that the server runs when it starts. */
    Path writeBootstrapSql(String sql) {
        try {
            return Files.writeString(home.resolve("bootstrap.sql"), sql);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
