package io.reverser.simulators.aws.lambda;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Invokes a function asynchronously, as Lambda does: after two failed retries, the event goes to the dead-letter queue.
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
     * Creates an invoker of the given function.
     *
     * @param retryDelay the delay before each retry; Lambda itself waits one minute before the first retry and two
     *     before the second
     */
    public AsyncInvoker(LambdaFunction function, Duration retryDelay) {
        this.function = function;
        this.retryDelay = retryDelay;
    }

    /** Starts an asynchronous invocation and returns at once. */
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

    /** The events of failed invocations, which Lambda would send to the dead-letter queue. */
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
