package io.reverser.reverser.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Error messages for callers, which say what was wrong and what would be right, and never repeat the request's content.
 */
class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @ServerExceptionMapper
    RestResponse<String> mapWebApplicationException(WebApplicationException exception, HttpServerRequest request) {
        Response response = exception.getResponse();
        String message = switch (response.getStatus()) {
            case 400 -> "The request is malformed.";
            case 404 -> "Not found. The paths are /, /ip, /reversed, /json, /stats and /visits.";
            case 405 -> "Only " + allowedMethods(request) + " are allowed.";
            case 406 ->
                "/ serves text/plain, application/json and text/html, /ip and /reversed serve text/plain,"
                        + " /json and /stats serve application/json.";
            case 503 -> "The database is unavailable. Try again in a moment.";
            default -> response.getStatusInfo().getReasonPhrase() + ".";
        };
        return textResponse(response.getStatus(), message)
                .header(HttpHeaders.ALLOW, response.getStatus() == 405 ? allowedMethods(request) : null)
                .header(HttpHeaders.RETRY_AFTER, response.getHeaderString(HttpHeaders.RETRY_AFTER))
                .build();
    }

    @ServerExceptionMapper
    RestResponse<String> mapUnexpected(RuntimeException exception, HttpServerRequest request) {
        LOG.errorf(exception, "%s %s failed", request.method(), request.path());
        return textResponse(500, "An internal error occurred. It has been logged.")
                .build();
    }

    private static String allowedMethods(HttpServerRequest request) {
        return "/visits".equals(request.path()) ? "DELETE, OPTIONS" : "GET, HEAD, OPTIONS";
    }

    private static ResponseBuilder<String> textResponse(int status, String message) {
        return ResponseBuilder.<String>create(status)
                .entity(message + "\n")
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"));
    }
}
