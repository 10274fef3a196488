package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

class AotTrainingIT {

    private static final Path LOG = ItFolder.PATH.resolve("aot-training.log");

    /** {@code -XX:AOTMode=on} ends the JVM where the cache does not fit; elsewhere it would be ignored in silence. */
    @Test
    void makesACacheThatTheNextStartCanUse() throws IOException {
        var reverser = copy(PackagedReverser.inRepository(Path.of("..", "..")), ItFolder.PATH.resolve("app"));
        try (var database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"))) {
            AotTraining.train(reverser, database, LOG);
            try (var running = reverser.start(Ports.free(), database.environment(), LOG, "-XX:AOTMode=on")) {
                assertThat(running.process().isAlive()).isTrue();
            }
        }
    }

    private static PackagedReverser copy(PackagedReverser original, Path target) throws IOException {
        try (var files = Files.walk(original.folder())) {
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(".aot")).toList()) {
                Path copy = target.resolve(original.folder().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return new PackagedReverser(target.toAbsolutePath());
    }
}
