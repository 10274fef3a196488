package io.reverser.reverser;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.reverser.simulators.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real MariaDB for the tests of the running app. */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        database = EmbeddedDatabase.start(Path.of("target", "mariadb"));
        return database.environment();
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
