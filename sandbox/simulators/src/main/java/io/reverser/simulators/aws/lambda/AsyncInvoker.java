package io.reverser.simulators.aws.lambda;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asynchronous invocation: two retries, then the dead-letter queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">Asynchronous
 *     invocation</a>
 */
public final class AsyncInvoker implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 3;

    private final LambdaFunction function;
    private final Duration retryDelay;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger pending = new AtomicInteger();
    private final List<String> deadLetters = new CopyOnWriteArrayList<>();

    /**
     * Invokes this function.
     *
     * @param retryDelay the delay before a retry; Lambda waits one minute, then two
     */
    public AsyncInvoker(LambdaFunction function, Duration retryDelay) {
        this.function = function;
        this.retryDelay = retryDelay;
    }

    /** Invokes asynchronously. */
    public void invoke(String payload) {
        pending.incrementAndGet();
        threads.execute(() -> {
            try {
                attempt(payload);
            } finally {
                pending.decrementAndGet();
            }
        });
    }

    /** The number of invocations that are still running or waiting for a retry. */
    public int pendingCount() {
        return pending.get();
    }

    /** The events that were sent to the dead-letter queue. */
    public List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void attempt(String payload) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                function.invoke(payload);
                return;
            } catch (FunctionFailed failure) {
                if (!waitForRetry()) {
                    return;
                }
            }
        }
        deadLetters.add(payload);
    }

    private boolean waitForRetry() {
        try {
            Thread.sleep(retryDelay);
            return true;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
