package io.reverser.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.bench.host.BenchException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenLoopLoadTest {

    private static final int PER_SECOND = 640;
    private static final long STALL_NANOS = 300_000_000;
    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void countsTheWaitBehindASlowResponse() throws Exception {
        try (var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> accept(server, HEAD));
            LatencyPercentiles latency =
                    new OpenLoopLoad(new Addresses(640), PER_SECOND).load(server.getLocalPort(), 2);
            assertThat(requests).hasValue(2 * PER_SECOND);
            // One connection stalls for 300 ms, and its next requests are due 100, 200 and 300 ms later. This
            // percentile
            // is the second highest latency, about 200 ms. A load generator that measured from the time at which it
            // sends a request would find only one slow request.
            assertThat(latency.p999()).isBetween(150.0, 2000.0);
            assertThat(latency.p50()).isLessThan(100);
        }
    }

    @Test
    void reportsAFailedRequest() throws Exception {
        try (var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> accept(server, HEAD.replace("200 OK", "500 No")));
            var load = new OpenLoopLoad(new Addresses(640), PER_SECOND);
            assertThatThrownBy(() -> load.load(server.getLocalPort(), 1))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("Not the expected response: HTTP/1.1 500 No");
        }
    }

    @Test
    void readsAResponseInPieces() throws IOException {
        var pieces = new SequenceInputStream(
                stream("HTTP/1.1 200 OK\r\ndate: now\r\n\r"), stream("\n192.0.2.1\n1.2.0.192\n"));
        OpenLoopLoad.readResponse(pieces, new byte[4096], 20);
    }

    @Test
    void rejectsAnIncompleteResponse() {
        assertThatThrownBy(() -> OpenLoopLoad.readResponse(stream(HEAD + "192"), new byte[4096], 20))
                .isInstanceOf(EOFException.class);
    }

    private void accept(ServerSocket server, String head) {
        try {
            for (Socket socket = server.accept(); ; socket = server.accept()) {
                Socket connection = socket;
                threads.execute(() -> respond(connection, head));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void respond(Socket connection, String head) {
        try (connection;
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String caller = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("X-Forwarded-For: ")) {
                    caller = line.substring("X-Forwarded-For: ".length());
                }
                if (line.isEmpty()) {
                    if (requests.incrementAndGet() == PER_SECOND) {
                        LockSupport.parkNanos(STALL_NANOS);
                    }
                    // The reversed address has the same length.
                    connection.getOutputStream().write(bytes(head + caller + "\n" + caller + "\n"));
                }
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
