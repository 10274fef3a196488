package io.reverser.runner.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.bootstrap.HttpRequester;
import org.apache.hc.core5.http.impl.bootstrap.RequesterBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends a steady load to the reverser's load balancer, to show whether requests fail. It sends each request only once,
 * and keeps the results of the last two minutes.
 */
public final class LoadGenerator implements AutoCloseable {

    /** For how many seconds the results of calls are kept. */
    public static final int RETAINED_SECONDS = 120;

    /** The interval for 20 requests a second. */
    private static final Duration SEND_INTERVAL = Duration.ofMillis(50);

    private static final int CALLER_COUNT = 200;
    private static final int MAX_CONNECTIONS = 50;
    private static final int STATUS_OK = 200;
    private static final int P99_DIVISOR = 100;
    private static final Timeout RESPONSE_TIMEOUT = Timeout.ofSeconds(5);
    /**
     * How long a connection is used. This is shorter than the load balancer's idle timeout, because a request on a
     * connection that the load balancer is closing would fail.
     */
    private static final Timeout CONNECTION_TTL = Timeout.ofSeconds(30);

    private final HttpHost target;
    private final HttpRequester requester = RequesterBootstrap.bootstrap()
            .setSocketConfig(
                    SocketConfig.custom().setSoTimeout(RESPONSE_TIMEOUT).build())
            .setDefaultMaxPerRoute(MAX_CONNECTIONS)
            .setMaxTotal(MAX_CONNECTIONS)
            .setTimeToLive(CONNECTION_TTL)
            .create();
    private final Thread sender =
            Thread.ofPlatform().daemon().name("load-generator").unstarted(this::sendContinuously);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<TimedCall> calls = new ArrayDeque<>();
    private final long startNanos = System.nanoTime();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Consumer<Result> listener;
    private int sent;

    /** A call, with the second in which it was sent. */
    private record TimedCall(long second, Duration duration, boolean isSuccess) {}

    /** The number of calls in one second, and how many of these failed. */
    public record Second(long calls, long failures) {}

    /**
     * The result of a call to the reverser.
     *
     * @param sentAt when the request was sent
     * @param error empty on success
     */
    public record Result(String caller, Instant sentAt, Duration duration, String error) {

        /** Whether the reverser answered with 200. */
        public boolean isSuccess() {
            return error.isEmpty();
        }
    }

    private LoadGenerator(int port, Consumer<Result> listener) {
        this.target = new HttpHost("http", "localhost", port);
        this.listener = listener;
    }

    /** Starts to send requests to a port on this machine. */
    public static LoadGenerator start(int port) {
        return start(port, result -> {});
    }

    /** Like {@link #start(int)}, and passes every result to a listener. */
    public static LoadGenerator start(int port, Consumer<Result> listener) {
        var loadGenerator = new LoadGenerator(port, listener);
        loadGenerator.sender.start();
        return loadGenerator;
    }

    /** The counts of the last complete seconds, oldest first. */
    public List<Second> lastSeconds() {
        long now = currentSecond();
        Map<Long, List<TimedCall>> callsBySecond =
                retainedCalls().stream().collect(Collectors.groupingBy(TimedCall::second));
        return LongStream.range(now - RETAINED_SECONDS, now)
                .mapToObj(second -> callsBySecond.getOrDefault(second, List.of()))
                .map(made -> new Second(
                        made.size(),
                        made.stream().filter(call -> !call.isSuccess()).count()))
                .toList();
    }

    /** The number of successful calls since the start. */
    public long succeeded() {
        return succeeded.sum();
    }

    /** The number of failed calls since the start. */
    public long failed() {
        return failed.sum();
    }

    /**
     * Sends one additional request, without the header X-Forwarded-For, so that the reverser shows the address of this
     * machine.
     *
     * @return the reverser's answer, as JSON
     */
    public String requestJson() {
        var request = ClassicRequestBuilder.get("/json").build();
        try (ClassicHttpResponse response =
                requester.execute(target, request, RESPONSE_TIMEOUT, HttpCoreContext.create())) {
            return EntityUtils.toString(response.getEntity());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (HttpException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The 99th percentile of the durations of the calls in the last two minutes. */
    public Duration p99() {
        List<Duration> times =
                retainedCalls().stream().map(TimedCall::duration).sorted().toList();
        return times.isEmpty() ? Duration.ZERO : times.get(times.size() - 1 - times.size() / P99_DIVISOR);
    }

    @Override
    public void close() {
        sender.interrupt();
        callers.close();
        requester.close(CloseMode.IMMEDIATE);
    }

    /** Sends requests at a constant rate, whatever the response time. */
    private void sendContinuously() {
        // The first call is not recorded: it is slow, because it loads classes.
        sendTimed("2001:db8::");
        try {
            for (long next = System.nanoTime(); ; next += SEND_INTERVAL.toNanos()) {
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                send();
            }
        } catch (InterruptedException | RejectedExecutionException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        String caller = "2001:db8::" + Integer.toHexString(++sent % CALLER_COUNT + 1);
        callers.execute(() -> sendAndRecord(caller));
    }

    private void sendAndRecord(String caller) {
        long second = currentSecond();
        Result result = sendTimed(caller);
        (result.isSuccess() ? succeeded : failed).increment();
        var call = new TimedCall(second, result.duration(), result.isSuccess());
        synchronized (calls) {
            calls.add(call);
            while (calls.getFirst().second() < second - RETAINED_SECONDS) {
                calls.removeFirst();
            }
        }
    }

    private Result sendTimed(String caller) {
        Instant now = Instant.now();
        long start = System.nanoTime();
        String error = execute(caller);
        var result = new Result(caller, now, Duration.ofNanos(System.nanoTime() - start), error);
        listener.accept(result);
        return result;
    }

    private String execute(String caller) {
        var request = ClassicRequestBuilder.get("/").addHeader("X-Forwarded-For", caller);
        try (ClassicHttpResponse response =
                requester.execute(target, request.build(), RESPONSE_TIMEOUT, HttpCoreContext.create())) {
            EntityUtils.consume(response.getEntity());
            return response.getCode() == STATUS_OK ? "" : "HTTP " + response.getCode();
        } catch (IOException | HttpException unanswered) {
            return unanswered.toString();
        }
    }

    private List<TimedCall> retainedCalls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    private long currentSecond() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }
}
