package io.reverser.reverser.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Answers requests without a valid {@code Host} header, which the router rejects before all filters. Quarkus would
 * answer them with its own page, and log an error for each.
 */
@Singleton
public class InvalidHostHandler {

    private static final int BAD_REQUEST = 400;

    private final ResponseHeadersFilter responseHeaders;

    InvalidHostHandler(ResponseHeadersFilter responseHeaders) {
        this.responseHeaders = responseHeaders;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.authority() != null || exchange.statusCode() != BAD_REQUEST) {
            exchange.next();
            return;
        }
        responseHeaders.addHeaders(request);
        request.response()
                .setStatusCode(BAD_REQUEST)
                .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8")
                .end("The request has no valid Host header.\n");
    }
}
