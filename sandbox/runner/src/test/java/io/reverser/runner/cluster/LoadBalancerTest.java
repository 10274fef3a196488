package io.reverser.runner.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reverser.runner.process.KeepAliveConnection;
import io.reverser.simulators.LoopbackPort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.util.Timeout;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadBalancerTest {

    private final List<URI> ready = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private LoadBalancer loadBalancer;

    @BeforeEach
    void start() {
        loadBalancer = LoadBalancer.start(0, () -> List.copyOf(ready));
        parts.add(loadBalancer);
        parts.add(http);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
    }

    @Test
    void distributesTheRequestsOfAConnection() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        for (String pod : List.of("a", "b", "c")) {
            pod(exchange -> {
                asked.add(pod);
                answer(exchange, 200, pod);
            });
        }
        try (var connection = new KeepAliveConnection(loadBalancer.port())) {
            for (int i = 0; i < 6; i++) {
                assertThat(connection.get("203.0.113.7")).isEqualTo(200);
            }
        }
        assertThat(asked).containsExactly("a", "b", "c", "a", "b", "c");
    }

    /**
     * A pod can close an idle connection just when the load balancer sends a request on it: before this was fixed, one
     * request in half an hour failed.
     */
    @Test
    void closesIdleConnectionsToPods() throws Exception {
        List<Integer> connections = new CopyOnWriteArrayList<>();
        pod(exchange -> {
            connections.add(exchange.getRemoteAddress().getPort());
            answer(exchange, 200, "here");
        });
        loadBalancer = LoadBalancer.start(0, () -> List.copyOf(ready), Timeout.ofSeconds(1));
        parts.add(loadBalancer);
        get("/");
        get("/");
        Thread.sleep(1200);
        get("/");
        assertThat(connections.get(1)).isEqualTo(connections.get(0));
        assertThat(connections.get(2)).isNotEqualTo(connections.get(0));
    }

    @Test
    void appendsTheClientToXForwardedFor() throws Exception {
        pod(exchange -> answer(
                exchange,
                200,
                exchange.getRequestHeaders().get("X-Forwarded-For") + " "
                        + exchange.getRequestHeaders().getFirst("Host")));
        assertThat(get("/").body()).isEqualTo("[127.0.0.1] localhost:" + loadBalancer.port());
        var spoofed = request("/").header("X-Forwarded-For", "6.6.6.6").header("X-Forwarded-For", "203.0.113.7");
        assertThat(http.send(spoofed.build(), BodyHandlers.ofString()).body())
                .startsWith("[6.6.6.6, 203.0.113.7, 127.0.0.1]");
    }

    @Test
    void forwardsTraceWithAnEmptyBody() throws Exception {
        pod(exchange -> answer(exchange, 405, exchange.getRequestMethod()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), loadBalancer.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 405 ")
                    .endsWith("TRACE");
        }
    }

    @Test
    void letsTerminatingPodsFinishTheirRequests() throws Exception {
        var arrived = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        URI ending = pod(exchange -> {
            arrived.countDown();
            await(answered);
            answer(exchange, 200, "the last");
        });
        var last = http.sendAsync(request("/").build(), BodyHandlers.ofString());
        await(arrived);
        ready.remove(ending);
        pod(exchange -> answer(exchange, 200, "the new one"));
        assertThat(get("/").body()).isEqualTo("the new one");
        answered.countDown();
        assertThat(last.get(30, TimeUnit.SECONDS).body()).isEqualTo("the last");
    }

    @Test
    void triesTheNextPodWhenAConnectionIsRefused() throws Exception {
        ready.add(URI.create("http://localhost:" + LoopbackPort.free()));
        pod(exchange -> answer(exchange, 200, "here"));
        for (int i = 0; i < 4; i++) {
            assertThat(get("/").body()).isEqualTo("here");
        }
        assertThat(ready)
                .extracting(pod -> loadBalancer.successfulRequests(pod.getPort()))
                .containsExactly(0L, 4L);
    }

    @Test
    void answers503WhenNoPodIsReady() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(503);
    }

    /** The pod may have processed a request that it received, even though it did not respond. */
    @Test
    void retriesNoRequestThatWasSent() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var dying = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!dying.isClosed()) {
                    try (Socket connection = dying.accept()) {
                        connection.getInputStream().read();
                        seen.add("request");
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            ready.add(URI.create("http://localhost:" + dying.getLocalPort()));
            ready.add(URI.create("http://localhost:" + dying.getLocalPort()));
            assertThat(get("/").statusCode()).isEqualTo(502);
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void passesHeadAndKeepsTheConnection() throws Exception {
        pod(exchange -> answer(exchange, 200, "twelve bytes"));
        var head = request("/").method("HEAD", BodyPublishers.noBody()).build();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = http.send(head, BodyHandlers.ofString());
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(12);
            assertThat(answer.body()).isEmpty();
            assertThat(get("/").body()).isEqualTo("twelve bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 304, 404, 418, 500, 503})
    void passesEveryStatusWithItsHeaders(int status) throws Exception {
        boolean hasBody = status != 204 && status != 304;
        pod(exchange -> {
            exchange.getResponseHeaders().set("X-Reason", "because");
            exchange.getResponseHeaders().add("Set-Cookie", "a=1");
            exchange.getResponseHeaders().add("Set-Cookie", "b=2");
            answer(exchange, status, hasBody ? "why" : "");
        });
        HttpResponse<String> answer = get("/some/where?a=%20b");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(hasBody ? "why" : "");
        assertThat(answer.headers().firstValue("X-Reason")).hasValue("because");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void passesBodiesWithAndWithoutALength(String method) throws Exception {
        pod(exchange -> answer(
                exchange,
                200,
                exchange.getRequestMethod()
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        + exchange.getRequestURI()));
        byte[] body = "héllo".getBytes(StandardCharsets.UTF_8);
        var known = request("/a?b").method(method, BodyPublishers.ofByteArray(body));
        var chunked = request("/a?b")
                .method(method, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .expectContinue(true);
        for (var each : List.of(known, chunked)) {
            assertThat(http.send(each.build(), BodyHandlers.ofString()).body()).isEqualTo(method + "héllo/a?b");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesLargeResponses(boolean isChunked) throws Exception {
        byte[] large = new byte[30_000_000];
        new Random(7).nextBytes(large);
        pod(exchange -> {
            exchange.sendResponseHeaders(200, isChunked ? 0 : large.length);
            exchange.getResponseBody().write(large);
            exchange.close();
        });
        byte[] got = http.send(request("/").build(), BodyHandlers.ofByteArray()).body();
        assertThat(Arrays.equals(got, large)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 100\r\n\r\nonly this", "Transfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n"})
    void abortsTruncatedResponses(String answer) throws Exception {
        try (var pod = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            ready.add(URI.create("http://localhost:" + pod.getLocalPort()));
            Thread.ofVirtual().start(() -> {
                try (Socket connection = pod.accept()) {
                    connection.getInputStream().read(new byte[8192]);
                    connection
                            .getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\n" + answer).getBytes(StandardCharsets.UTF_8));
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void removesHopByHopHeaders() throws Exception {
        pod(exchange -> answer(
                exchange, 200, exchange.getRequestHeaders().keySet().toString().toLowerCase(Locale.ROOT)));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), loadBalancer.port())) {
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close, X-Secret\r\nX-Secret: 1\r\nX-Other: 2\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Connection: close", "x-other")
                    .doesNotContain("x-secret");
        }
    }

    @Test
    void releasesItsPort() throws Exception {
        int port = loadBalancer.port();
        pod(exchange -> answer(exchange, 200, "here"));
        get("/");
        loadBalancer.close();
        Awaitility.await().until(() -> LoopbackPort.isFree(port));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + loadBalancer.port() + path));
    }

    private interface BackendResponse {
        void to(HttpExchange exchange) throws IOException;
    }

    /** Starts an HTTP server as a ready pod, and returns the pod's address. */
    private URI pod(BackendResponse response) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", response::to);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        parts.add(() -> server.stop(0));
        var address = URI.create("http://localhost:" + server.getAddress().getPort());
        ready.add(address);
        return address;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
