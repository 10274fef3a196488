package io.reverser.simulators;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Finds free loopback ports for servers that bind them later. The ports are below Linux's ephemeral port range, so no
 * outgoing connection takes a port while its server starts or restarts.
 */
public final class LoopbackPort {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    /** The index of the next port. It starts at a random value, so that concurrent processes pick different ports. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private LoopbackPort() {}

    /** A port that is free now and that this method has not returned before in this process. */
    public static int free() {
        return IntStream.range(0, COUNT)
                .map(attempt -> FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT))
                .filter(LoopbackPort::isFree)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No port from %d to %d is free".formatted(FIRST, FIRST + COUNT - 1)));
    }

    /** Whether a server can bind the port now. */
    public static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }
}
