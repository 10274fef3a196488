package io.reverser.runner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InformerTest {

    private static final int OLDEST_VERSION_TO_WATCH = 3;

    private final AtomicInteger version = new AtomicInteger();
    private final List<String> changed = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listsAgainWhenTheVersionToWatchHasExpired() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var api = new ApiServer(address, Path.of("none"), "token", HttpClient.newHttpClient());
                var informer = Informer.start(
                        api,
                        "/pods",
                        pod -> changed.add(pod.at("/metadata/name").asText()))) {
            await().until(() -> changed.contains("watched"));
            assertThat(informer.find("listed-1")).isEmpty();
        }
    }

    /**
     * Answers a list request with a new resource version and another object each time, and a watch request from an
     * expired version with 410.
     */
    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (!query.startsWith("watch=1")) {
            int listed = version.incrementAndGet();
            send(exchange, 200, """
                    {"metadata": {"resourceVersion": "%1$d"}, "items": [{"metadata": {"name": "listed-%1$d"}}]}
                    """.formatted(listed));
        } else if (Integer.parseInt(query.substring(query.lastIndexOf('=') + 1)) < OLDEST_VERSION_TO_WATCH) {
            send(exchange, 410, "");
        } else {
            send(exchange, 200, """
                    {"type": "ADDED", "object": {"metadata": {"name": "watched"}}}
                    """);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var response = exchange.getResponseBody()) {
            response.write(bytes);
        }
    }
}
