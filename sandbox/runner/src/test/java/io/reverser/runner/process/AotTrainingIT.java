package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AotTrainingIT {

    private static final Path LOG = ItFolder.PATH.resolve("aot-training.log");

    /**
     * {@code -XX:AOTMode=on} ends the JVM when the AOT cache does not fit; by default, the JVM would silently ignore
     * the cache.
     */
    @Test
    void createsACacheThatTheNextStartUses() {
        PackagedReverser reverser = TrainedReverser.inRepository();
        try (var database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
                var running = reverser.start(Ports.free(), database.environment(), LOG, "-XX:AOTMode=on")) {
            assertThat(running.process().isAlive()).isTrue();
            assertThat(LOG).content().doesNotContain("AOT", "Netty's library for epoll");
        }
    }

    @Test
    void warnsAboutACacheThatTheJvmRejects() throws IOException {
        Path copy = ItFolder.PATH.resolve("copy");
        copyWithoutTimes(TrainedReverser.inRepository().folder(), copy);
        try (var database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
                var _ = new PackagedReverser(copy)
                        .start(Ports.free(), database.environment(), LOG, "-XX:AOTCache=reverser.aot")) {
            assertThat(LOG).content().contains("timestamp has changed", "The JVM rejected the AOT cache");
        }
    }

    @Test
    void usesTheJdksNetworkClassesWithoutTheNativeLibrary() {
        PackagedReverser reverser = TrainedReverser.inRepository();
        try (var database = MariaDbServer.start(ItFolder.PATH.resolve("mariadb"));
                var running = reverser.start(
                        Ports.free(), database.environment(), LOG, "-Djava.library.path=" + ItFolder.PATH)) {
            assertThat(running.process().isAlive()).isTrue();
            assertThat(LOG).content().contains("Netty's library for epoll is not in the folder native");
        }
    }

    private static void copyWithoutTimes(Path folder, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(folder.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
