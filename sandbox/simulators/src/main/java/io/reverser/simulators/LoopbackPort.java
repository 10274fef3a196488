package io.reverser.simulators;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports on loopback for servers that bind them later. They lie below those that Linux takes for outgoing connections, so that a
 * port is still there for a server that needs a moment to start, or that is started again.
 */
public final class LoopbackPort {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    /** Other processes begin elsewhere. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private LoopbackPort() {}

    /** A port that is free right now, and that this process was not given before. */
    public static int free() {
        return IntStream.range(0, COUNT)
                .map(attempt -> FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT))
                .filter(LoopbackPort::isFree)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No port from %d to %d is free".formatted(FIRST, FIRST + COUNT - 1)));
    }

    /** Whether the port can be bound. */
    public static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }
}
