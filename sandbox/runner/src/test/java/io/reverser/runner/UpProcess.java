package io.reverser.runner;

import java.nio.file.Path;
import java.util.List;

/** Builds the command that starts {@code up} in the same way as the launcher does. */
final class UpProcess {

    private UpProcess() {}

    static List<String> command(int port, Path home) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@src/main/jvm.options",
                // Uses only the first JIT compiler (C1), because a test ends before the second compiler pays off.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                UpCommand.class.getName(),
                Path.of("..", "..").toString(),
                String.valueOf(port),
                home.toString());
    }
}
