package io.reverser.runner.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Callers that keep calling until they are told to stop, and count what they got. */
public final class SteadyLoad implements AutoCloseable {

    private static final int CALLERS = 8;

    private static final Duration PAUSE = Duration.ofMillis(10);

    public final LongAdder answered = new LongAdder();
    public final LongAdder failed = new LongAdder();
    private final int port;
    private final String network;
    private final Duration pause;
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    /**
     * Starts calling.
     *
     * @param network the first 64 bits of the callers' IPv6 addresses, like {@code 2001:db8:0:1}
     */
    SteadyLoad(RunningReverser reverser, String network) {
        this(reverser.ports().http(), network, PAUSE);
    }

    /**
     * The same, at any port.
     *
     * @param pause between two calls of a caller, so that whatever starts meanwhile finds a processor too
     */
    public SteadyLoad(int port, String network, Duration pause) {
        this.port = port;
        this.network = network;
        this.pause = pause;
        for (int i = 0; i < CALLERS; i++) {
            threads.execute(() -> {
                while (!stopped) {
                    callUntilCut();
                }
            });
        }
    }

    /** The first 64 bits of its callers' addresses. */
    public String network() {
        return network;
    }

    /** Waits until so many more calls were answered. */
    public void awaitAnswers(int more) {
        long enough = answered.sum() + more;
        await().until(() -> answered.sum() >= enough);
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
                Thread.sleep(pause);
            }
        } catch (IOException refusedOrCut) {
            failed.increment();
        } catch (InterruptedException stopNow) {
            Thread.currentThread().interrupt();
        }
    }
}
