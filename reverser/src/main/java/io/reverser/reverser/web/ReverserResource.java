package io.reverser.reverser.web;

import io.quarkus.qute.TemplateInstance;
import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.caller.CallerResolver;
import io.reverser.reverser.visits.VisitBuffer;
import io.reverser.reverser.visits.VisitReader;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The caller's address and its reverse, in the media type that {@code Accept} requests; the values of {@code qs} are
 * the server's order of preference. Every response of this resource counts as a visit.
 */
@Path("/")
@NonBlocking
public class ReverserResource {

    private final CallerResolver callerResolver;
    private final VisitBuffer buffer;
    private final VisitReader visitReader;

    ReverserResource(CallerResolver callerResolver, VisitBuffer buffer, VisitReader visitReader) {
        this.callerResolver = callerResolver;
        this.buffer = buffer;
        this.visitReader = visitReader;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The caller's address and its reverse, one line each")
    public String lines(@Context HttpServerRequest request) {
        IpAddress caller = recordVisit(request);
        return caller + "\n" + caller.reversed() + "\n";
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON + ";qs=0.9")
    @Operation(
            summary = "The caller's address and its reverse, the name of the pointer record, and the caller's visits")
    public Uni<RestResponse<AddressResponse>> json(@Context HttpServerRequest request) {
        return addressResponse(request).map(Responses::json);
    }

    @GET
    @Path("json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same as / with Accept: application/json, for links")
    public Uni<AddressResponse> link(@Context HttpServerRequest request) {
        return addressResponse(request);
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";qs=0.8")
    @Operation(summary = "The caller's address and its reverse as an HTML page")
    public Uni<RestResponse<TemplateInstance>> page(@Context HttpServerRequest request) {
        return addressResponse(request).map(response -> Responses.html(Page.of(response, request.authority())));
    }

    @GET
    @Path("ip")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The caller's address")
    public String ip(@Context HttpServerRequest request) {
        return recordVisit(request) + "\n";
    }

    @GET
    @Path("reversed")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The reverse of the caller's address")
    public String reversed(@Context HttpServerRequest request) {
        return recordVisit(request).reversed() + "\n";
    }

    private Uni<AddressResponse> addressResponse(HttpServerRequest request) {
        IpAddress caller = recordVisit(request);
        return visitReader.find(caller).map(found -> AddressResponse.of(caller, found));
    }

    private IpAddress recordVisit(HttpServerRequest request) {
        IpAddress caller = callerResolver.resolve(request);
        buffer.add(caller);
        return caller;
    }
}
