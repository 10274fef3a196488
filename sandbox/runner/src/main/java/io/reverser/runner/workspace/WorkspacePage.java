package io.reverser.runner.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * Serves the workspace page on loopback, and accepts API calls from this page only: no other site may act through the
 * browser of a visitor.
 */
public final class WorkspacePage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES_PATH = "/files/";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "/", "text/html; charset=utf-8",
            "/workspace.css", "text/css; charset=utf-8",
            "/page.js", JAVASCRIPT,
            "/workspace.js", JAVASCRIPT,
            "/slack.js", JAVASCRIPT,
            "/rotation.js", JAVASCRIPT,
            "/tour.js", JAVASCRIPT,
            "/steps.js", JAVASCRIPT);
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final WorkspaceContext context;
    private final WorkspaceState state;
    private final WorkspaceActions actions;

    private WorkspacePage(HttpServer server, WorkspaceContext context) {
        this.server = server;
        this.context = context;
        this.state = new WorkspaceState(context);
        this.actions = new WorkspaceActions(context);
    }

    /**
     * Starts to serve the workspace page.
     *
     * @param port 0 for any free port
     */
    public static WorkspacePage start(int port, WorkspaceContext context) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var page = new WorkspacePage(HttpServer.create(address, 0), context);
            page.server.createContext("/", page::serve);
            page.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            page.server.start();
            return page;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The address of the workspace page. */
    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!isSameOrigin(exchange)) {
                send(exchange, 403, "text/plain", new byte[0]);
            } else if (CONTENT_TYPES.containsKey(path)) {
                send(exchange, 200, CONTENT_TYPES.getOrDefault(path, ""), readFile(path));
            } else if (path.startsWith(FILES_PATH)) {
                byte[] image = context.access()
                        .backends()
                        .slack()
                        .uploads()
                        .content(path.substring(FILES_PATH.length()))
                        .orElse(new byte[0]);
                send(exchange, image.length == 0 ? 404 : 200, "image/png", image);
            } else if (path.equals("/api/state")) {
                String person = exchange.getRequestURI().getQuery();
                send(exchange, 200, "application/json", JSON.writeValueAsBytes(state.render(person)));
            } else if (path.startsWith("/api/") && exchange.getRequestMethod().equals("POST")) {
                JsonNode body = JSON.readTree(exchange.getRequestBody());
                send(exchange, 200, "application/json", JSON.writeValueAsBytes(actions.perform(path, body)));
            } else {
                send(exchange, 404, "text/plain", new byte[0]);
            }
        }
    }

    /**
     * Whether a call comes from this page. Rejects calls from pages of other sites, and calls to other host names that
     * resolve to this machine (DNS rebinding).
     */
    private boolean isSameOrigin(HttpExchange exchange) {
        int port = server.getAddress().getPort();
        Set<String> hosts = Set.of("localhost:" + port, "127.0.0.1:" + port);
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        return host != null
                && hosts.contains(host)
                && (origin == null || hosts.contains(origin.replaceFirst("^http://", "")));
    }

    private static byte[] readFile(String path) throws IOException {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        try (InputStream content = WorkspacePage.class.getResourceAsStream(name)) {
            return content == null ? new byte[0] : content.readAllBytes();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }
}
