package io.reverser.reverser.web;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** The headers of all responses, including errors. */
final class ResponseHeadersFilter {

    private static final String ASSETS = "/assets/";
    private static final CharSequence CACHE_CONTROL = createOptimized("Cache-Control");
    private static final CharSequence NO_STORE = createOptimized("no-store");
    private static final CharSequence PUBLIC_ONE_HOUR = createOptimized("public, max-age=3600");
    private static final CharSequence VARY = createOptimized("Vary");
    private static final CharSequence ACCEPT = createOptimized("Accept");
    private static final CharSequence ALLOW_ORIGIN = createOptimized("Access-Control-Allow-Origin");
    private static final CharSequence ANY = createOptimized("*");
    private static final CharSequence CONTENT_TYPE_OPTIONS = createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = createOptimized("nosniff");

    void register(@Observes Filters filters) {
        filters.register(ResponseHeadersFilter::addHeaders, 100);
    }

    /**
     * A response depends on the caller, the media type and the time, so no cache may store it. Assets are the same for
     * every caller and may be cached for an hour. Any origin may read the responses, because nothing depends on a
     * login.
     */
    private static void addHeaders(RoutingContext exchange) {
        String path = exchange.request().path();
        boolean asset = path != null && path.startsWith(ASSETS);
        exchange.response()
                .headers()
                .set(CACHE_CONTROL, asset ? PUBLIC_ONE_HOUR : NO_STORE)
                .set(VARY, ACCEPT)
                .set(ALLOW_ORIGIN, ANY)
                .set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        exchange.next();
    }
}
