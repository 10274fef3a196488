package io.reverser.reverser.answer;

import io.quarkus.qute.TemplateInstance;
import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.caller.Callers;
import io.reverser.reverser.visits.UnsavedVisits;
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
 * The caller's address and its reverse, in the form that {@code Accept} asks for; {@code qs} is our own order of
 * preference for a client that has none. Every answer here is a visit.
 */
@Path("/")
@NonBlocking
public class ReverserResource {

    private final Callers callers;
    private final UnsavedVisits unsaved;
    private final VisitReader visits;

    ReverserResource(Callers callers, UnsavedVisits unsaved, VisitReader visits) {
        this.callers = callers;
        this.unsaved = unsaved;
        this.visits = visits;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The caller's address and its reverse, a line each")
    public String lines(@Context HttpServerRequest request) {
        IpAddress caller = visit(request);
        return caller + "\n" + caller.reversed() + "\n";
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON + ";qs=0.9")
    @Operation(summary = "The same with the pointer name and this caller's visits")
    public Uni<RestResponse<Answer>> json(@Context HttpServerRequest request) {
        return answer(request).map(Responses::json);
    }

    @GET
    @Path("json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The JSON form for links, which cannot choose what they accept")
    public Uni<Answer> link(@Context HttpServerRequest request) {
        return answer(request);
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";qs=0.8")
    @Operation(summary = "The same as a page")
    public Uni<RestResponse<TemplateInstance>> page(@Context HttpServerRequest request) {
        return answer(request).map(answer -> Responses.html(Page.of(answer, request.authority())));
    }

    @GET
    @Path("ip")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The caller's address")
    public String ip(@Context HttpServerRequest request) {
        return visit(request) + "\n";
    }

    @GET
    @Path("reversed")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The caller's address in reverse")
    public String reversed(@Context HttpServerRequest request) {
        return visit(request).reversed() + "\n";
    }

    private Uni<Answer> answer(HttpServerRequest request) {
        IpAddress caller = visit(request);
        return visits.of(caller).map(found -> Answer.about(caller, found));
    }

    private IpAddress visit(HttpServerRequest request) {
        IpAddress caller = callers.callerOf(request);
        unsaved.add(caller);
        return caller;
    }
}
