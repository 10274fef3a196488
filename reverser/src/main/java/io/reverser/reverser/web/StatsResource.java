package io.reverser.reverser.web;

import io.reverser.reverser.visits.Totals;
import io.reverser.reverser.visits.VisitReader;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** Totals over all callers, without addresses. */
@Path("/stats")
@NonBlocking
public class StatsResource {

    private static final long RETRY_AFTER_SECONDS = 10;

    private final VisitReader visitReader;

    StatsResource(VisitReader visitReader) {
        this.visitReader = visitReader;
    }

    @GET
    @Operation(summary = "The number of callers and visits, and the time of the first visit")
    @APIResponse(
            responseCode = "200",
            description = "The totals",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Totals.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database is unavailable",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    public Uni<RestResponse<Totals>> totals() {
        return visitReader
                .totals()
                .map(Responses::json)
                .onFailure()
                .transform(unavailable -> new ServiceUnavailableException(RETRY_AFTER_SECONDS, unavailable));
    }
}
