package io.reverser.runner.process;

import io.reverser.simulators.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ports of a reverser on loopback.
 *
 * @param http the port for callers
 * @param management the port for health and metrics
 */
public record Ports(int http, int management) {

    private static final String UP_WITH_PORT = "./platform up --port";
    private static final int FIRST_OTHER_PORT = 9080;

    /** Two free ports. */
    public static Ports free() {
        return new Ports(LoopbackPort.free(), LoopbackPort.free());
    }

    /**
     * Checks that a port and the next higher port are free.
     *
     * @throws SandboxException when one of them is taken
     */
    public static void requireTwoFree(int first) {
        for (int port = first; port <= first + 1; port++) {
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException | IllegalArgumentException taken) {
                throw new SandboxException(
                        "Port %d cannot be used (%s), and up needs %d and %d; stop the process that uses it, or choose other ports: %s %d"
                                .formatted(port, taken.getMessage(), first, first + 1, UP_WITH_PORT, findTwoFree()));
            }
        }
    }

    private static int findTwoFree() {
        return IntStream.iterate(FIRST_OTHER_PORT, port -> port + 2)
                .filter(port -> LoopbackPort.isFree(port) && LoopbackPort.isFree(port + 1))
                .findFirst()
                .orElseThrow();
    }

    public URI httpAddress() {
        return URI.create("http://localhost:" + http);
    }

    public URI managementAddress() {
        return URI.create("http://localhost:" + management);
    }

    /** The environment variables that set the reverser's ports. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                String.valueOf(http),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                String.valueOf(management));
    }
}
