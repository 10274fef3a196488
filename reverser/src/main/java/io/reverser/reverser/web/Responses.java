package io.reverser.reverser.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Responses with the headers of their media type; {@link ResponseHeadersFilter} adds the headers that all responses
 * have.
 */
final class Responses {

    private static final String TEXT_HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    /** Allows only styles, scripts and images of this server, and no embedding in frames. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Responses() {}

    static <T> RestResponse<T> json(T entity) {
        return RestResponse.ResponseBuilder.ok(entity, MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    static RestResponse<TemplateInstance> html(TemplateInstance page) {
        return RestResponse.ResponseBuilder.ok(page, TEXT_HTML)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .build();
    }
}
