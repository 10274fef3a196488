package io.reverser.reverser.web;

import static io.vertx.core.http.HttpHeaders.ACCEPT;
import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Responds to {@code GET /} without a preferred media type, which is most of the traffic, as {@link ReverserResource}
 * would, but without the REST framework, whose content negotiation and handlers need more CPU time than the rest of the
 * request. All other requests continue to the framework.
 */
final class PlainTextRoute {

    private static final CharSequence CONTENT_TYPE = createOptimized("Content-Type");
    private static final CharSequence TEXT_PLAIN = createOptimized("text/plain;charset=UTF-8");
    private static final List<String> ANY_TYPE = List.of("*/*");

    private final ReverserResource resource;

    PlainTextRoute(ReverserResource resource) {
        this.resource = resource;
    }

    void register(@Observes Router router) {
        router.get("/").handler(this::respond);
    }

    private void respond(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (hasNoPreference(request)) {
            exchange.response().putHeader(CONTENT_TYPE, TEXT_PLAIN).end(resource.lines(request));
        } else {
            exchange.next();
        }
    }

    /** Paths that the router only normalizes to {@code /} stay with the framework. */
    private static boolean hasNoPreference(HttpServerRequest request) {
        List<String> accept = request.headers().getAll(ACCEPT);
        return (accept.isEmpty() || accept.equals(ANY_TYPE)) && "/".equals(request.path());
    }
}
