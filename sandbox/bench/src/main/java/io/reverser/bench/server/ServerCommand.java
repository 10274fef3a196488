package io.reverser.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        Path log) {}
