package io.reverser.runner;

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
 * A steady load on the reverser's one address, so that people can see that nobody notices anything. Each request is sent once;
 * what came of those of the last two minutes is remembered.
 */
public final class Traffic implements AutoCloseable {

    /** For how many seconds calls are remembered. */
    public static final int SECONDS = 120;

    /** 20 a second. */
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private static final int CALLERS = 200;
    private static final int CONNECTIONS = 50;
    private static final int GOOD = 200;
    private static final int SHARE_ABOVE_P99 = 100;
    private static final Timeout PATIENCE = Timeout.ofSeconds(5);
    /** Whoever goes on using a connection that the balancer closes for doing nothing fails by his own fault. */
    private static final Timeout SHORTER_THAN_IDLE = Timeout.ofSeconds(30);

    private final HttpHost target;
    private final HttpRequester requester = RequesterBootstrap.bootstrap()
            .setSocketConfig(SocketConfig.custom().setSoTimeout(PATIENCE).build())
            .setDefaultMaxPerRoute(CONNECTIONS)
            .setMaxTotal(CONNECTIONS)
            .setTimeToLive(SHORTER_THAN_IDLE)
            .create();
    private final Thread beat = Thread.ofPlatform().daemon().name("traffic").unstarted(this::keepSending);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Call> calls = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Consumer<Answer> listener;
    private int sent;

    /** A call, the second in which it was made, and how long it took. */
    private record Call(long second, Duration took, boolean isGood) {}

    /** What came of the calls that were made in one second. */
    public record Second(long calls, long failures) {}

    /**
     * What a caller got.
     *
     * @param begun when the request was sent
     * @param problem what is wrong with the answer; empty when it is good
     */
    public record Answer(String caller, Instant begun, Duration took, String problem) {

        /** Whether there is one, and it is good. */
        public boolean isGood() {
            return problem.isEmpty();
        }
    }

    private Traffic(int port, Consumer<Answer> listener) {
        this.target = new HttpHost("http", "localhost", port);
        this.listener = listener;
    }

    /** Calls this port of this machine from now on. */
    public static Traffic start(int port) {
        return start(port, answer -> {});
    }

    /** The same, and tells somebody of every answer. */
    public static Traffic start(int port, Consumer<Answer> listener) {
        var traffic = new Traffic(port, listener);
        traffic.beat.start();
        return traffic;
    }

    /** The last seconds that are over, oldest first. */
    public List<Second> seconds() {
        long now = second();
        Map<Long, List<Call>> known = known().stream().collect(Collectors.groupingBy(Call::second));
        return LongStream.range(now - SECONDS, now)
                .mapToObj(second -> known.getOrDefault(second, List.of()))
                .map(made -> new Second(
                        made.size(),
                        made.stream().filter(call -> !call.isGood()).count()))
                .toList();
    }

    /** How many calls got what they asked for, since it started. */
    public long answered() {
        return answered.sum();
    }

    /** How many did not. */
    public long failed() {
        return failed.sum();
    }

    /**
     * One call more, by somebody on this machine.
     *
     * @return the reverser's answer, as JSON
     */
    public String visit() {
        var request = ClassicRequestBuilder.get("/json").build();
        try (ClassicHttpResponse answer = requester.execute(target, request, PATIENCE, HttpCoreContext.create())) {
            return EntityUtils.toString(answer.getEntity());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (HttpException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Than this, one call in a hundred took longer. */
    public Duration p99() {
        List<Duration> times = known().stream().map(Call::took).sorted().toList();
        return times.isEmpty() ? Duration.ZERO : times.get(times.size() - 1 - times.size() / SHARE_ABOVE_P99);
    }

    @Override
    public void close() {
        beat.interrupt();
        callers.close();
        requester.close(CloseMode.IMMEDIATE);
    }

    /** At a steady pace, however long an answer takes. */
    private void keepSending() {
        // Not remembered: nothing is loaded yet.
        ask("2001:db8::");
        try {
            for (long next = System.nanoTime(); ; next += BETWEEN.toNanos()) {
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                send();
            }
        } catch (InterruptedException | RejectedExecutionException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        String caller = "2001:db8::" + Integer.toHexString(++sent % CALLERS + 1);
        callers.execute(() -> call(caller));
    }

    private void call(String caller) {
        long second = second();
        Answer answer = ask(caller);
        (answer.isGood() ? answered : failed).increment();
        var call = new Call(second, answer.took(), answer.isGood());
        synchronized (calls) {
            calls.add(call);
            while (calls.getFirst().second() < second - SECONDS) {
                calls.removeFirst();
            }
        }
    }

    private Answer ask(String caller) {
        Instant now = Instant.now();
        long start = System.nanoTime();
        String problem = problem(caller);
        var answer = new Answer(caller, now, Duration.ofNanos(System.nanoTime() - start), problem);
        listener.accept(answer);
        return answer;
    }

    private String problem(String caller) {
        var request = ClassicRequestBuilder.get("/").addHeader("X-Forwarded-For", caller);
        try (ClassicHttpResponse answer =
                requester.execute(target, request.build(), PATIENCE, HttpCoreContext.create())) {
            EntityUtils.consume(answer.getEntity());
            return answer.getCode() == GOOD ? "" : "HTTP " + answer.getCode();
        } catch (IOException | HttpException unanswered) {
            return unanswered.toString();
        }
    }

    private List<Call> known() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }
}
