package io.reverser.runner;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Callers that keep calling until they are told to stop, and count what they got. */
final class SteadyLoad implements AutoCloseable {

    private static final int CALLERS = 8;

    /** Between two calls of a caller, so that a database that starts finds a processor too. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    private final int port;
    private final String network;
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    /**
     * Starts calling.
     *
     * @param network the first 64 bits of the callers' IPv6 addresses, like {@code 2001:db8:0:1}
     */
    SteadyLoad(RunningReverser reverser, String network) {
        this.port = reverser.ports().http();
        this.network = network;
        for (int i = 0; i < CALLERS; i++) {
            threads.execute(() -> {
                while (!stopped) {
                    callUntilCut();
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

    private void callUntilCut() {
        try (var connection = new KeepAliveConnection(port)) {
            while (!stopped) {
                String caller = network + "::" + Integer.toHexString(calls.incrementAndGet() % 0x400 + 1);
                (connection.get(caller) == 200 ? answered : failed).increment();
                Thread.sleep(PAUSE);
            }
        } catch (IOException refusedOrCut) {
            failed.increment();
        } catch (InterruptedException stopNow) {
            Thread.currentThread().interrupt();
        }
    }
}
