package io.reverser.simulators.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.concurrent.Executors;

/**
 * What one process of a function asks for work, and tells what came of it. Another process has another one, at another
 * address: what a process sent may be read after its end, and must not be taken for a word of the next.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String INVOCATIONS = "/2018-06-01/runtime/invocation/";
    private static final int ACCEPTED = 202;

    private final HttpServer server;
    private final String functionArn;
    private final Duration timeOut;
    private final Queue<Invocation> waiting = new ArrayDeque<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private Optional<FunctionFailed> end = Optional.empty();

    private record Invocation(String id, String payload, CompletableFuture<String> answer) {}

    private RuntimeApi(HttpServer server, String functionArn, Duration timeOut) {
        this.server = server;
        this.functionArn = functionArn;
        this.timeOut = timeOut;
    }

    static RuntimeApi start(String functionArn, Duration timeOut) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var api = new RuntimeApi(HttpServer.create(address, 0), functionArn, timeOut);
            api.server.createContext("/", api::serve);
            api.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            api.server.start();
            return api;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For {@code AWS_LAMBDA_RUNTIME_API}. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Done when the process asked for work for the first time. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Hands work to the process when it asks next; nobody answers where the process has ended. */
    CompletableFuture<String> submit(String payload) {
        var invocation = new Invocation(UUID.randomUUID().toString(), payload, new CompletableFuture<>());
        synchronized (waiting) {
            if (end.isPresent()) {
                return CompletableFuture.failedFuture(end.get());
            }
            running.put(invocation.id(), invocation);
            waiting.add(invocation);
            waiting.notifyAll();
        }
        return invocation.answer();
    }

    /** The process has ended or is about to: what is under way will not be answered, and what comes is not taken. */
    void fail(String why) {
        var failure = new FunctionFailed(why);
        synchronized (waiting) {
            end = Optional.of(failure);
            waiting.notifyAll();
        }
        ready.completeExceptionally(failure);
        running.values().forEach(invocation -> invocation.answer().completeExceptionally(failure));
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
                Optional<Invocation> next = next();
                if (next.isPresent()) {
                    send(exchange, next.get());
                }
            } else {
                take(path, body);
                exchange.sendResponseHeaders(ACCEPTED, -1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing when the process ends meanwhile. */
    private Optional<Invocation> next() throws InterruptedException {
        synchronized (waiting) {
            ready.complete(null);
            while (waiting.isEmpty() && end.isEmpty()) {
                waiting.wait();
            }
            return end.isEmpty() ? Optional.of(waiting.remove()) : Optional.empty();
        }
    }

    private void take(String path, String body) {
        if (path.endsWith("/init/error")) {
            fail("It could not start: " + body);
            return;
        }
        String[] parts = path.substring(INVOCATIONS.length()).split("/", 2);
        Invocation invocation = running.remove(parts[0]);
        if (invocation != null) {
            boolean done = parts[1].equals("response")
                    ? invocation.answer().complete(body)
                    : invocation.answer().completeExceptionally(new FunctionFailed(body));
            if (!done) {
                throw new IllegalStateException("Answered twice: " + parts[0]);
            }
        }
    }

    private void send(HttpExchange exchange, Invocation invocation) throws IOException {
        byte[] payload = invocation.payload().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(Instant.now().plus(timeOut).toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0");
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, payload.length);
        exchange.getResponseBody().write(payload);
    }
}
