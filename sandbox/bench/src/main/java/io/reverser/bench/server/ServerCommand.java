package io.reverser.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param folder where its process runs
 * @param environment beyond the bench's own
 * @param port where it then answers, on loopback
 * @param log what it prints
 */
public record ServerCommand(
        ServerVariant variant,
        List<String> commandLine,
        Path folder,
        Map<String, String> environment,
        int port,
        Path log) {}
