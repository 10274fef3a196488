package io.reverser.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command that starts a server.
 *
 * @param folder the working directory
 * @param environment environment variables in addition to those of the bench
 * @param port the server's port on the loopback interface
 * @param log the file for the server's output
 */
public record ServerCommand(
        ServerVariant variant,
        List<String> commandLine,
        Path folder,
        Map<String, String> environment,
        int port,
        Path log) {

    /** The same server, limited to one CPU. */
    public ServerCommand onCpu(int number) {
        return new ServerCommand(
                variant,
                Stream.concat(Stream.of("taskset", "--cpu-list", String.valueOf(number)), commandLine.stream())
                        .toList(),
                folder,
                environment,
                port,
                log);
    }
}
