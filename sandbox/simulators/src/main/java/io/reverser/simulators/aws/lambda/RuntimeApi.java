package io.reverser.simulators.aws.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.simulators.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lambda's Runtime API for one process of a function. Each process has a separate Runtime API at a different address,
 * because a late request of a dead process must not reach the API of the next process.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String INVOCATIONS = "/2018-06-01/runtime/invocation/";
    private static final String RESTORE_NEXT = "/2018-06-01/runtime/restore/next";
    private static final int ACCEPTED = 202;

    private final HttpServer server;
    private final String functionArn;
    private final Duration timeout;
    private final Queue<Invocation> pending = new ArrayDeque<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> checkpoint = new CompletableFuture<>();
    private final CompletableFuture<Void> restore = new CompletableFuture<>();

    private Optional<FunctionFailed> terminalFailure = Optional.empty();

    private record Invocation(String id, String payload, CompletableFuture<String> response) {}

    private RuntimeApi(HttpServer server, String functionArn, Duration timeout) {
        this.server = server;
        this.functionArn = functionArn;
        this.timeout = timeout;
    }

    static RuntimeApi start(String functionArn, Duration timeout) {
        var api = new RuntimeApi(LoopbackServer.create(), functionArn, timeout);
        api.server.createContext("/", api::serve);
        api.server.start();
        return api;
    }

    /** The host and port of this API, for the environment variable {@code AWS_LAMBDA_RUNTIME_API}. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** A future that completes when the process asks for its first invocation. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * A future that completes when the process is ready for its SnapStart snapshot: its hooks before the checkpoint
     * have run, and it waits to be restored.
     */
    CompletableFuture<Void> checkpoint() {
        return checkpoint;
    }

    /** Lets the process continue as if restored from its SnapStart snapshot. */
    void restore() {
        restore.complete(null);
    }

    /**
     * Queues an invocation until the process asks for one. The returned future fails if the process has exited or exits
     * later.
     */
    CompletableFuture<String> submit(String payload) {
        var invocation = new Invocation(UUID.randomUUID().toString(), payload, new CompletableFuture<>());
        synchronized (pending) {
            if (terminalFailure.isPresent()) {
                return CompletableFuture.failedFuture(terminalFailure.get());
            }
            running.put(invocation.id(), invocation);
            pending.add(invocation);
            pending.notifyAll();
        }
        return invocation.response();
    }

    /** Fails all invocations and rejects new ones, because the process has exited or is about to exit. */
    void fail(String reason) {
        var failure = new FunctionFailed(reason);
        synchronized (pending) {
            terminalFailure = Optional.of(failure);
            pending.notifyAll();
        }
        ready.completeExceptionally(failure);
        checkpoint.completeExceptionally(failure);
        restore.completeExceptionally(failure);
        running.values().forEach(invocation -> invocation.response().completeExceptionally(failure));
        running.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.equals(INVOCATIONS + "next")) {
                Optional<Invocation> next = awaitNext();
                if (next.isPresent()) {
                    sendInvocation(exchange, next.get());
                }
            } else if (path.equals(RESTORE_NEXT)) {
                checkpoint.complete(null);
                restore.join();
                exchange.sendResponseHeaders(200, -1);
            } else {
                handleReport(path, body);
                exchange.sendResponseHeaders(ACCEPTED, -1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next queued invocation. Empty if the process exits in the meantime. */
    private Optional<Invocation> awaitNext() throws InterruptedException {
        synchronized (pending) {
            ready.complete(null);
            while (pending.isEmpty() && terminalFailure.isEmpty()) {
                pending.wait();
            }
            return terminalFailure.isEmpty() ? Optional.of(pending.remove()) : Optional.empty();
        }
    }

    private void handleReport(String path, String body) {
        if (path.endsWith("/init/error") || path.endsWith("/restore/error")) {
            fail("Initialization failed: " + body);
            return;
        }
        String[] parts = path.substring(INVOCATIONS.length()).split("/", 2);
        Invocation invocation = running.remove(parts[0]);
        if (invocation != null) {
            boolean completed = parts[1].equals("response")
                    ? invocation.response().complete(body)
                    : invocation.response().completeExceptionally(new FunctionFailed(body));
            if (!completed) {
                throw new IllegalStateException("Second response to invocation " + parts[0]);
            }
        }
    }

    private void sendInvocation(HttpExchange exchange, Invocation invocation) throws IOException {
        byte[] payload = invocation.payload().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(Instant.now().plus(timeout).toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0");
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, payload.length);
        exchange.getResponseBody().write(payload);
    }
}
