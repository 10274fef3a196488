package io.reverser.reverser.web;

import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Responses with the headers of their media type; {@link ResponseHeadersFilter} adds the headers that all responses
 * have.
 */
final class Responses {

    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");
    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    /** Allows only styles, scripts and images of this server, and no embedding in frames. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Responses() {}

    static <T> RestResponse<T> text(T lines) {
        return RestResponse.ResponseBuilder.ok(lines, TEXT).build();
    }

    static <T> RestResponse<T> json(T entity) {
        return RestResponse.ResponseBuilder.ok(entity, JSON).build();
    }

    static <T> RestResponse<T> html(T page) {
        return RestResponse.ResponseBuilder.ok(page, HTML)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .build();
    }
}
