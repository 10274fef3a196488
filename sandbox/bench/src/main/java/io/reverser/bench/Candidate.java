package io.reverser.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a contestant is started.
 *
 * @param folder where its process runs
 * @param environment beyond the bench's own
 * @param port where it then answers, on loopback
 * @param log what it prints
 */
record Candidate(
        Contestant who, List<String> command, Path folder, Map<String, String> environment, int port, Path log) {}
