package io.reverser.runner;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Callers that keep calling until they are told to stop, and count what they got. */
final class SteadyLoad implements AutoCloseable {

    private static final int CALLERS = 8;

    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    private final Client client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    /**
     * Starts calling.
     *
     * @param network the first 64 bits of the callers' IPv6 addresses, like {@code 2001:db8:0:1}
     */
    SteadyLoad(RunningReverser reverser, String network) {
        client = Client.of(reverser);
        var next = new AtomicInteger();
        for (int i = 0; i < CALLERS; i++) {
            threads.execute(() -> {
                while (!stopped) {
                    call(network + "::" + Integer.toHexString(next.incrementAndGet() % 0x400 + 1));
                }
            });
        }
    }

    /** Waits for the calls under way. */
    @Override
    public void close() {
        stopped = true;
        threads.close();
    }

    private void call(String caller) {
        try {
            boolean ok = client.get(caller, "*/*").statusCode() == 200;
            (ok ? answered : failed).increment();
        } catch (IOException refusedOrCut) {
            failed.increment();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
