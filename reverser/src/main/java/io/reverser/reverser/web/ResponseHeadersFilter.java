package io.reverser.reverser.web;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The headers of all responses, including errors. */
@Singleton
public class ResponseHeadersFilter {

    private static final CharSequence CACHE_CONTROL = createOptimized("Cache-Control");
    private static final CharSequence NO_STORE = createOptimized("no-store");
    private static final CharSequence VARY = createOptimized("Vary");
    private static final CharSequence ACCEPT_AND_ORIGIN = createOptimized("Accept, Origin");
    private static final CharSequence ALLOW_ORIGIN = createOptimized("Access-Control-Allow-Origin");
    private static final CharSequence ALLOW_METHODS = createOptimized("Access-Control-Allow-Methods");
    private static final CharSequence ALLOW_HEADERS = createOptimized("Access-Control-Allow-Headers");
    private static final CharSequence MAX_AGE = createOptimized("Access-Control-Max-Age");
    private static final CharSequence READING_METHODS = createOptimized("GET, HEAD");
    private static final CharSequence ANY = createOptimized("*");
    private static final CharSequence ONE_DAY = createOptimized("86400");
    private static final CharSequence CONTENT_TYPE_OPTIONS = createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = createOptimized("nosniff");
    private static final CharSequence DATE = createOptimized("Date");
    private static final CharSequence FORWARDED_PROTO = createOptimized("X-Forwarded-Proto");
    private static final CharSequence TRANSPORT_SECURITY = createOptimized("Strict-Transport-Security");
    private static final CharSequence ONE_YEAR = createOptimized("max-age=31536000");

    /** The preferred format of RFC 9110, 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Date date = new Date(Long.MIN_VALUE, "");

    ResponseHeadersFilter(InstantSource clock) {
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        filters.register(
                exchange -> {
                    addHeaders(exchange.request());
                    exchange.next();
                },
                100);
    }

    /**
     * Adds the headers to the response of a request. A response depends on the caller, the media type and the time, so
     * no cache may store it. Any origin may read the responses, because nothing depends on a login; a response to
     * another origin contains no visits. A browser accepts {@code Strict-Transport-Security} only over TLS, which ends
     * at the load balancer.
     */
    void addHeaders(HttpServerRequest request) {
        MultiMap headers = request.response()
                .headers()
                .set(CACHE_CONTROL, NO_STORE)
                .set(VARY, ACCEPT_AND_ORIGIN)
                .set(ALLOW_ORIGIN, ANY)
                .set(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .set(DATE, date());
        if ("https".equalsIgnoreCase(request.getHeader(FORWARDED_PROTO))) {
            headers.set(TRANSPORT_SECURITY, ONE_YEAR);
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            headers.set(ALLOW_METHODS, READING_METHODS).set(ALLOW_HEADERS, ANY).set(MAX_AGE, ONE_DAY);
        }
    }

    /** The current time to the second, formatted once per second. */
    private CharSequence date() {
        long second = Math.floorDiv(clock.millis(), 1000);
        Date current = date;
        if (current.second != second) {
            current = new Date(second, createOptimized(HTTP_DATE.format(Instant.ofEpochSecond(second))));
            date = current;
        }
        return current.text;
    }

    private record Date(long second, CharSequence text) {}
}
