package io.reverser.reverser.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers with the headers that their form needs; {@link ResponseHeadersFilter} has those that all share. */
final class Responses {

    private static final String TEXT_HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    /** Allows only this server's own styles, scripts and images; no site may embed the page in a frame. */
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
