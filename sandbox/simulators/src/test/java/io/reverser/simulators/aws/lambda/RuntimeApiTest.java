package io.reverser.simulators.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeApiTest {

    private static final String NEXT =
            "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n";

    private final RuntimeApi api =
            RuntimeApi.start("arn:aws:lambda:eu-central-1:111122223333:function:a", Duration.ofSeconds(30));

    @AfterEach
    void close() {
        api.close();
    }

    /** The connection of a dead process may stay open, so the server may read the last request of that process late. */
    @Test
    void deliversNothingToADeadProcess() throws Exception {
        try (Socket waiting = asksForWork();
                Socket late = connected()) {
            api.ready().get(30, TimeUnit.SECONDS);
            api.fail("killed");
            CompletableFuture<String> response = api.submit("work");
            ask(late);
            assertThat(work(waiting)).isEmpty();
            assertThat(work(late)).isEmpty();
            assertThat(response).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("killed");
        }
    }

    @Test
    void deliversEachInvocationOnce() throws Exception {
        var responses = List.of(api.submit("one"), api.submit("two"));
        try (Socket first = asksForWork();
                Socket second = asksForWork()) {
            assertThat(List.of(work(first), work(second))).containsExactlyInAnyOrder("one", "two");
            assertThat(responses).noneMatch(CompletableFuture::isDone);
        }
    }

    private Socket asksForWork() throws IOException {
        Socket socket = connected();
        ask(socket);
        return socket;
    }

    /** Opens a raw socket to the Runtime API. An HTTP client is not used, because it might retry requests. */
    private Socket connected() throws IOException {
        var socket = new Socket(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(api.authority().replaceFirst(".*:", "")));
        socket.setSoTimeout(9000);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write(NEXT.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads the body of an HTTP response. */
    private static String work(Socket socket) throws IOException {
        String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return response.isEmpty() ? response : response.substring(response.indexOf("\r\n\r\n") + 4);
    }
}
