package io.reverser.bench.load;

import io.reverser.bench.host.BenchException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Requests at a fixed rate, however slowly the server responds. Each request is due at a time of the schedule, and its
 * latency counts from this time, so a request that waits behind a slow response has a high latency too. Without this, a
 * server that stalls would receive fewer requests in this time, and show fewer high latencies (coordinated omission).
 *
 * @param perSecond the number of requests per second, over all connections
 */
public record OpenLoopLoad(Addresses addresses, int perSecond) {

    private static final int CONNECTIONS = 64;
    private static final int MAX_RESPONSE_SIZE = 4096;

    /** The time until all threads are ready for their first request. */
    private static final Duration LEAD_TIME = Duration.ofMillis(300);

    private static final byte[] OK = bytes("HTTP/1.1 200 ");
    private static final byte[] END_OF_HEAD = bytes("\r\n\r\n");

    /**
     * Sends requests to a server for a number of seconds.
     *
     * @throws BenchException when a request failed
     */
    public LatencyPercentiles load(int port, int seconds) throws InterruptedException {
        int requests = seconds * perSecond / CONNECTIONS;
        var schedule = new Schedule(
                System.nanoTime() + LEAD_TIME.toNanos(), Duration.ofSeconds(1).toNanos() / perSecond);
        List<Callable<long[]>> connections = IntStream.range(0, CONNECTIONS)
                .<Callable<long[]>>mapToObj(connection -> () -> send(port, connection, schedule, requests))
                .toList();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            LongStream latencies = LongStream.empty();
            for (Future<long[]> connection : threads.invokeAll(connections)) {
                latencies = LongStream.concat(latencies, Arrays.stream(connection.get()));
            }
            return LatencyPercentiles.of(latencies.toArray());
        } catch (ExecutionException failure) {
            throw new BenchException("A request of the load at a fixed rate failed: " + failure.getCause());
        }
    }

    /** When each request is due, in the time of {@link System#nanoTime}. */
    private record Schedule(long start, long interval) {

        /** Waits until the nth request of a connection is due; the connections take turns. */
        long await(int connection, int n) {
            long due = start + interval * ((long) n * CONNECTIONS + connection);
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            return due;
        }
    }

    /** Sends the requests of one connection; returns their latencies in nanoseconds. Allocates no memory while sending. */
    private long[] send(int port, int connection, Schedule schedule, int requests) throws IOException {
        List<String> callers = IntStream.range(0, addresses.size() / CONNECTIONS)
                .mapToObj(i -> addresses.get(i * CONNECTIONS + connection))
                .toList();
        List<byte[]> prepared = callers.stream()
                .map(caller ->
                        bytes("GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: */*\r\nX-Forwarded-For: %s\r\n\r\n"
                                .formatted(port, caller)))
                .toList();
        var latencies = new long[requests];
        var buffer = new byte[MAX_RESPONSE_SIZE];
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            for (int n = 0; n < requests; n++) {
                int caller = n % callers.size();
                long due = schedule.await(connection, n);
                out.write(prepared.get(caller));
                readResponse(in, buffer, bodyLength(callers.get(caller)));
                latencies[n] = System.nanoTime() - due;
            }
        }
        return latencies;
    }

    /** The length of the response's body: the address and the reversed address, in a line each. */
    private static int bodyLength(String caller) {
        return 2 * (caller.length() + 1);
    }

    static void readResponse(InputStream in, byte[] buffer, int bodyLength) throws IOException {
        int length = 0;
        int head = -1;
        while (head < 0 || length < head + bodyLength) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                throw new EOFException("The connection ended within a response");
            }
            length += read;
            head = head < 0 ? endOfHead(buffer, length) : head;
        }
        if (length > head + bodyLength || !Arrays.equals(buffer, 0, OK.length, OK, 0, OK.length)) {
            throw new IOException(
                    "Not the expected response: " + new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
    }

    private static int endOfHead(byte[] buffer, int length) {
        for (int end = END_OF_HEAD.length; end <= length; end++) {
            if (Arrays.equals(buffer, end - END_OF_HEAD.length, end, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return end;
            }
        }
        return -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
