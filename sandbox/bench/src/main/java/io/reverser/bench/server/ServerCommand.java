package io.reverser.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The command that starts a server.
 *
 * @param folder the working directory
 * @param environment in addition to the bench's own
 * @param port on loopback
 * @param log the file for its output
 */
public record ServerCommand(
        ServerVariant variant,
        List<String> commandLine,
        Path folder,
        Map<String, String> environment,
        int port,
        Path log) {}
