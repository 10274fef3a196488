package io.reverser.reverser.web;

import io.reverser.reverser.caller.CallerResolver;
import io.reverser.reverser.visits.VisitDeletion;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The visits of the caller's address, which the caller can delete. */
@Path("/visits")
@NonBlocking
public class VisitsResource {

    private static final long RETRY_AFTER_SECONDS = 10;

    private final CallerResolver callerResolver;
    private final VisitDeletion visitDeletion;

    VisitsResource(CallerResolver callerResolver, VisitDeletion visitDeletion) {
        this.callerResolver = callerResolver;
        this.visitDeletion = visitDeletion;
    }

    @DELETE
    @Operation(summary = "Deletes the visits of the caller's address")
    @APIResponse(responseCode = "204", description = "The visits are deleted")
    @APIResponse(
            responseCode = "503",
            description = "The database is unavailable",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    public Uni<Void> delete(@Context HttpServerRequest request) {
        return visitDeletion
                .delete(callerResolver.resolve(request))
                .onFailure()
                .transform(unavailable -> new ServiceUnavailableException(RETRY_AFTER_SECONDS, unavailable));
    }
}
