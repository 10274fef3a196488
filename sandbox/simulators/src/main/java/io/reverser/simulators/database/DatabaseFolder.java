package io.reverser.simulators.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where a database server lives.
 *
 * @param home absolute
 */
record DatabaseFolder(Path home) {

    /** Leaves the binaries, and removes what an earlier database left behind. */
    static DatabaseFolder prepare(Path folder) {
        var prepared = new DatabaseFolder(folder.toAbsolutePath());
        try {
            Files.createDirectories(prepared.home);
            prepared.stopOrphanedServer();
            deleteRecursively(prepared.data());
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot prepare " + prepared.home + " for the database", failure);
        }
        return prepared;
    }

    Path binaries() {
        return home.resolve("server");
    }

    Path data() {
        return home.resolve("data");
    }

    Path socket() {
        return home.resolve("socket");
    }

    Path pidFile() {
        return home.resolve("pid");
    }

    Path log() {
        return home.resolve("log");
    }

    /** Statements that the server carries out when it starts. */
    Path writeBootstrapSql(String sql) {
        try {
            return Files.writeString(home.resolve("bootstrap.sql"), sql);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the server of an earlier owner that was killed before it could stop it. */
    private void stopOrphanedServer() throws IOException {
        if (Files.exists(pidFile())) {
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                    .filter(process -> process.info().commandLine().orElse("").contains(data().toString()))
                    .ifPresent(process -> {
                        process.destroyForcibly();
                        process.onExit().join();
                    });
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
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
