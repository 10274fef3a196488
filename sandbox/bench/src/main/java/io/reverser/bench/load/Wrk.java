package io.reverser.bench.load;

import io.reverser.simulators.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The load generator wrk, with one thread. Each connection has one request in flight at a time.
 *
 * @param script the Lua script that builds the requests
 * @param addresses a file with the callers' addresses
 * @param accept the Accept header of the requests
 */
public record Wrk(Path script, Path addresses, int connections, String accept) {

    /** The number of connections with which the bench compares servers. */
    public static final int CONNECTIONS = 64;

    /** The Accept header of curl and of most other clients, which accept every media type. */
    public static final String ANY_TYPE = "*/*";

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    /** The load that the bench puts on servers to compare them. */
    public static Wrk create(Path bench, Path addresses) {
        return new Wrk(bench.resolve("src/main/wrk/callers.lua"), addresses, CONNECTIONS, ANY_TYPE);
    }

    public Wrk withConnections(int number) {
        return new Wrk(script, addresses, number, accept);
    }

    public Wrk withAccept(String header) {
        return new Wrk(script, addresses, connections, header);
    }

    /** Puts a server under load for a number of seconds. */
    public WrkResult load(int port, int seconds, Runnable onPoll) throws IOException, InterruptedException {
        return run(port, seconds, onPoll, List.of());
    }

    /** Sends a server exactly the given number of requests that count as visits, within a timeout. */
    public WrkResult loadExactly(long requests, int port, int seconds) throws IOException, InterruptedException {
        return run(port, seconds, () -> {}, List.of(String.valueOf(requests)));
    }

    private WrkResult run(int port, int seconds, Runnable onPoll, List<String> limit)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "--timeout", "30s", "-d", seconds + "s"));
        command.addAll(List.of("-s", script.toString(), "http://127.0.0.1:" + port + "/", "--"));
        command.addAll(List.of(addresses.toString(), accept));
        command.addAll(limit);
        Path output = addresses.resolveSibling("wrk.out");
        Process wrk = ChildProcess.start(
                ChildProcess.onLoopback(command).redirectErrorStream(true).redirectOutput(output.toFile()));
        while (!wrk.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            onPoll.run();
        }
        return WrkResult.parse(Files.readString(output, StandardCharsets.UTF_8));
    }
}
