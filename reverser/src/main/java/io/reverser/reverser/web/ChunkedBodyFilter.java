package io.reverser.reverser.web;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Refuses requests with {@code Transfer-Encoding}, and closes the connection: no endpoint accepts a body, and a request
 * with both this header and {@code Content-Length} can smuggle a second request with a forged caller, which a proxy
 * takes for a part of the first request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.1">RFC 9112, 6.1</a>: after a request with both
 *     headers, the connection has to be closed. Netty removes {@code Content-Length}, so a handler cannot detect that a
 *     request had both.
 */
final class ChunkedBodyFilter {

    private static final CharSequence TRANSFER_ENCODING = createOptimized("Transfer-Encoding");
    private static final int LENGTH_REQUIRED = 411;
    private static final String MESSAGE = "No endpoint accepts a body. Send the request without Transfer-Encoding.\n";

    void register(@Observes Filters filters) {
        filters.register(ChunkedBodyFilter::reject, 90);
    }

    /**
     * Refuses a request that has {@code Transfer-Encoding}. The response never completes; otherwise the next request
     * would start before the connection is closed.
     */
    private static void reject(RoutingContext exchange) {
        if (!exchange.request().headers().contains(TRANSFER_ENCODING)) {
            exchange.next();
            return;
        }
        HttpServerResponse response = exchange.response()
                .setStatusCode(LENGTH_REQUIRED)
                .putHeader("Content-Type", "text/plain;charset=UTF-8")
                .putHeader("Content-Length", Integer.toString(MESSAGE.length()))
                .putHeader("Connection", "close");
        response.write(MESSAGE)
                .onComplete(written -> exchange.request().connection().close());
    }
}
