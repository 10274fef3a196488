package io.reverser.bench.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;

/**
 * The minimum that a JVM needs for the reverser's response: one Vert.x handler that trusts {@code X-Forwarded-For},
 * reverses four octets and writes the same bytes as the reverser. The handler has no routing, counting, database or
 * metrics.
 */
final class RawVertx extends AbstractVerticle {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

    private final int port;
    private final List<HeaderField> head;

    private RawVertx(int port, List<String> head) {
        this.port = port;
        this.head = head.stream().map(HeaderField::of).toList();
    }

    /** Arguments: the port on loopback, and the response's header lines. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        var head = Arrays.asList(arguments).subList(1, arguments.length);
        // Leaves one core for the load generator.
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        Vertx.vertx()
                .deployVerticle(() -> new RawVertx(port, head), new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::respond).listen(port, "127.0.0.1");
    }

    private void respond(HttpServerRequest request) {
        String address = request.getHeader(FORWARDED_FOR);
        String[] octets = address.split("\\.", -1);
        var body =
                Buffer.buffer(address + "\n" + octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0] + "\n");
        var headers = request.response().headers();
        for (HeaderField field : head) {
            headers.add(field.name, field.isLength ? String.valueOf(body.length()) : field.value);
        }
        request.response().end(body);
    }

    /**
     * A header line of the reverser's response.
     *
     * @param isLength whether this is Content-Length, whose value differs between responses
     */
    private record HeaderField(CharSequence name, CharSequence value, boolean isLength) {
        private static HeaderField of(String line) {
            String[] parts = line.split(": ", 2);
            return new HeaderField(
                    HttpHeaders.createOptimized(parts[0]),
                    HttpHeaders.createOptimized(parts[1]),
                    parts[0].equalsIgnoreCase("content-length"));
        }
    }
}
