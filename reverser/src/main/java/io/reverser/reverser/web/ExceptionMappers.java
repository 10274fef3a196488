package io.reverser.reverser.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a caller reads when there is no answer: what was wrong, and what would be right. Never what it sent. */
class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @ServerExceptionMapper
    RestResponse<String> mapWebApplicationException(WebApplicationException exception) {
        Response response = exception.getResponse();
        String message = switch (response.getStatus()) {
            case 400 -> "The request cannot be understood.";
            case 404 -> "Nothing here. There are /, /ip, /reversed, /json and /stats.";
            case 405 -> "Only GET, HEAD and OPTIONS work here.";
            case 406 ->
                "/ has text/plain, application/json and text/html, /ip and /reversed have text/plain, /json"
                        + " and /stats have application/json.";
            case 503 -> "This needs the database, which is away. Try again in a moment.";
            default -> response.getStatusInfo().getReasonPhrase() + ".";
        };
        return textResponse(response.getStatus(), message)
                .header(HttpHeaders.ALLOW, response.getStatus() == 405 ? "GET, HEAD, OPTIONS" : null)
                .header(HttpHeaders.RETRY_AFTER, response.getHeaderString(HttpHeaders.RETRY_AFTER))
                .build();
    }

    @ServerExceptionMapper
    RestResponse<String> mapUnexpected(RuntimeException exception, HttpServerRequest request) {
        if (!hasValidContentType(request)) {
            return mapWebApplicationException(new BadRequestException());
        }
        LOG.errorf(exception, "%s %s failed", request.method(), request.path());
        return textResponse(500, "Something broke on our side. It has been logged.")
                .build();
    }

    /** The framework reads the type of the body even where no body is taken, and breaks on one that is none. */
    private static boolean hasValidContentType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        try {
            return type == null || MediaType.valueOf(type) != null;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static ResponseBuilder<String> textResponse(int status, String message) {
        return ResponseBuilder.<String>create(status)
                .entity(message + "\n")
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"));
    }
}
