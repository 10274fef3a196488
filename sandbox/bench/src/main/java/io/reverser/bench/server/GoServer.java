package io.reverser.bench.server;

import io.reverser.bench.host.BenchException;
import io.reverser.simulators.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server in Go with which the bench compares the reverser.
 *
 * @param version the version of Go that built the program, like {@code go1.26.8}
 */
public record GoServer(Path program, String version) {

    /** Builds the server; empty where Go is not installed. */
    public static Optional<GoServer> build(Path repository, Path folder) throws IOException, InterruptedException {
        Optional<String> version = Tools.run(List.of("go", "env", "GOVERSION"));
        if (version.isEmpty()) {
            return Optional.empty();
        }
        Path program = folder.resolve("go-server");
        Path log = folder.resolve("go-server-build.log");
        var builder = new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                .directory(repository.resolve("sandbox/bench/src/main/go").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        if (ChildProcess.start(builder).waitFor() != 0) {
            throw new BenchException("The build of the server in Go failed; see " + log);
        }
        return version.map(built -> new GoServer(program, built));
    }
}
