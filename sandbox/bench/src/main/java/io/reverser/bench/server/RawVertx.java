package io.reverser.bench.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The minimum that a JVM needs for the reverser's response: one Vert.x handler that trusts {@code X-Forwarded-For},
 * reverses four octets and writes the same bytes as the reverser. The handler has no routing, counting, database or
 * metrics.
 */
final class RawVertx extends AbstractVerticle {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

    private static final Duration DATE_INTERVAL = Duration.ofSeconds(1);

    private final int port;
    private final List<HeaderField> head;
    private CharSequence date = "";

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
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
                .deployVerticle(() -> new RawVertx(port, head), new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void start() {
        setDate();
        vertx.setPeriodic(DATE_INTERVAL.toMillis(), timer -> setDate());
        vertx.createHttpServer().requestHandler(this::respond).listen(port, "127.0.0.1");
    }

    private void respond(HttpServerRequest request) {
        String address = request.getHeader(FORWARDED_FOR);
        String[] octets = address.split("\\.", -1);
        var body =
                Buffer.buffer(address + "\n" + octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0] + "\n");
        var headers = request.response().headers();
        for (HeaderField field : head) {
            headers.add(
                    field.name,
                    switch (field.kind) {
                        case FIXED -> field.value;
                        case LENGTH -> String.valueOf(body.length());
                        case DATE -> date;
                    });
        }
        request.response().end(body);
    }

    private void setDate() {
        date = HttpHeaders.createOptimized(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }

    /** Where the value of a header field comes from: most fields have the same value in each response. */
    private enum Kind {
        FIXED,
        LENGTH,
        DATE;

        private static Kind of(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "content-length" -> LENGTH;
                case "date" -> DATE;
                default -> FIXED;
            };
        }
    }

    /** A header line of the reverser's response. */
    private record HeaderField(CharSequence name, CharSequence value, Kind kind) {
        private static HeaderField of(String line) {
            String[] parts = line.split(": ", 2);
            return new HeaderField(
                    HttpHeaders.createOptimized(parts[0]), HttpHeaders.createOptimized(parts[1]), Kind.of(parts[0]));
        }
    }
}
