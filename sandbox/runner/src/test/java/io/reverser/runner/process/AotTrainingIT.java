package io.reverser.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.database.MariaDbServer;
import java.nio.file.Path;
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
        }
    }
}
