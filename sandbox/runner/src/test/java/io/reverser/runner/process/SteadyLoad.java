package io.reverser.runner.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Several callers that send requests until the load is closed, and count the results. */
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
     * Starts the callers of a reverser.
     *
     * @param network the first 64 bits of the callers' IPv6 addresses, such as {@code 2001:db8:0:1}
     */
    SteadyLoad(RunningReverser reverser, String network) {
        this(reverser.ports().http(), network, PAUSE);
    }

    /**
     * Starts the callers of a port, such as that of a load balancer.
     *
     * @param pause the time between two requests of a caller, which leaves CPU time for processes that are starting
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

    /** The first 64 bits of the callers' IPv6 addresses. */
    public String network() {
        return network;
    }

    /** Waits until a number of additional requests are answered. */
    public void awaitAnswers(int more) {
        long enough = answered.sum() + more;
        await().until(() -> answered.sum() >= enough);
    }

    /** Stops the callers after the requests in flight. */
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
