package io.reverser.reverser;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.reverser.simulators.database.MariaDbServer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts a real MariaDB for tests of the running app. */
public final class EmbeddedDatabaseResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable MariaDbServer database;

    @Override
    public Map<String, String> start() {
        database = MariaDbServer.start(Path.of("target", "mariadb"));
        return database.environment();
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
