package io.reverser.reverser.web;

import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.caller.CallerResolver;
import io.reverser.reverser.visits.VisitBuffer;
import io.reverser.reverser.visits.VisitReader;
import io.reverser.reverser.visits.VisitsConfig;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The caller's address and its reverse. Every response of this resource counts as a visit. {@code @Produces} and the
 * return type {@code RestResponse<String>} are absent, because with these, the framework rejects requests whose {@code
 * Accept} header is invalid or names another media type.
 * Browsers send {@code Origin} in requests of scripts of other origins that can read the response (Fetch, 3.2).
 */
@Path("/")
@NonBlocking
public class ReverserResource {

    /** The media types of {@code /}, in the server's order of preference. */
    private static final List<String> MEDIA_TYPES =
            List.of(MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON, MediaType.TEXT_HTML);

    private final CallerResolver callerResolver;
    private final VisitBuffer buffer;
    private final VisitReader visitReader;
    private final VisitsConfig visitsConfig;

    ReverserResource(
            CallerResolver callerResolver, VisitBuffer buffer, VisitReader visitReader, VisitsConfig visitsConfig) {
        this.callerResolver = callerResolver;
        this.buffer = buffer;
        this.visitReader = visitReader;
        this.visitsConfig = visitsConfig;
    }

    @GET
    @Operation(
            summary = "The caller's address and its reverse, in the media type that Accept requests",
            description =
                    "JSON and HTML also contain the name of the pointer record, and the caller's visits, which plain text does not.")
    @APIResponse(
            responseCode = "200",
            description = "The address and its reverse",
            content = {
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = AddressResponse.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class))
            })
    @APIResponse(
            responseCode = "406",
            description = "Accept allows none of these media types",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    public Uni<? extends RestResponse<?>> address(@Context HttpServerRequest request) {
        String mediaType = AcceptHeader.preferred(request.headers().getAll(HttpHeaders.ACCEPT), MEDIA_TYPES)
                .orElseThrow(NotAcceptableException::new);
        return switch (mediaType) {
            case MediaType.APPLICATION_JSON -> addressResponse(request).map(Responses::json);
            case MediaType.TEXT_HTML -> page(request);
            default -> Uni.createFrom().item(Responses.text(lines(request)));
        };
    }

    /** The response in plain text. */
    String lines(HttpServerRequest request) {
        IpAddress caller = recordVisit(request);
        return caller + "\n" + caller.reversed() + "\n";
    }

    @GET
    @Path("json")
    @Operation(summary = "The same as / with Accept: application/json, for links")
    @APIResponse(
            responseCode = "200",
            description = "The address and its reverse",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AddressResponse.class)))
    public Uni<RestResponse<AddressResponse>> json(@Context HttpServerRequest request) {
        return addressResponse(request).map(Responses::json);
    }

    @GET
    @Path("ip")
    @Operation(summary = "The caller's address")
    @APIResponse(
            responseCode = "200",
            description = "The address",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    public RestResponse<?> ip(@Context HttpServerRequest request) {
        return Responses.text(recordVisit(request) + "\n");
    }

    @GET
    @Path("reversed")
    @Operation(summary = "The reverse of the caller's address")
    @APIResponse(
            responseCode = "200",
            description = "The reverse of the address",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    public RestResponse<?> reversed(@Context HttpServerRequest request) {
        return Responses.text(recordVisit(request).reversed() + "\n");
    }

    /** The page, which scripts of other origins may not read. */
    private Uni<RestResponse<String>> page(HttpServerRequest request) {
        if (isFromScriptOfOtherOrigin(request)) {
            request.response().headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        }
        return addressResponse(request)
                .chain(response -> Page.of(response, visitsConfig.retention(), request.authority())
                        .createUni())
                .map(Responses::html);
    }

    /** The response about the caller, without visits if a script of another origin sent the request. */
    private Uni<AddressResponse> addressResponse(HttpServerRequest request) {
        IpAddress caller = recordVisit(request);
        if (isFromScriptOfOtherOrigin(request)) {
            return Uni.createFrom().item(AddressResponse.of(caller, Optional.empty()));
        }
        return visitReader.find(caller).map(found -> AddressResponse.of(caller, found));
    }

    private static boolean isFromScriptOfOtherOrigin(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.ORIGIN);
    }

    private IpAddress recordVisit(HttpServerRequest request) {
        IpAddress caller = callerResolver.resolve(request);
        buffer.add(caller);
        return caller;
    }
}
