package io.reverser.runner.process;

import io.reverser.simulators.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;

/**
 * Where a reverser listens, on loopback.
 *
 * @param http for callers
 * @param management for health and metrics
 */
public record Ports(int http, int management) {

    /** Two ports that nobody uses right now. */
    public static Ports free() {
        return new Ports(LoopbackPort.free(), LoopbackPort.free());
    }

    /**
     * Makes sure that a port can be had.
     *
     * @throws SandboxException when something listens there already
     */
    public static void requireFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException | IllegalArgumentException taken) {
            throw new SandboxException("Port " + port + " cannot be used (" + taken.getMessage()
                    + "); stop what listens there, or choose another: ./platform up --port 8081");
        }
    }

    public URI httpAddress() {
        return URI.create("http://localhost:" + http);
    }

    public URI managementAddress() {
        return URI.create("http://localhost:" + management);
    }

    /** What tells a reverser to listen there. */
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
