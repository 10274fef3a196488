package io.reverser.reverser.answer;

import io.reverser.reverser.visits.StoredTotals;
import io.reverser.reverser.visits.Totals;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Totals over all callers. They never name one. */
@Path("/stats")
@NonBlocking
public class StatsResource {

    /** In seconds. */
    private static final long RETRY_AFTER = 10;

    private final StoredTotals stored;

    StatsResource(StoredTotals stored) {
        this.stored = stored;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How many callers there were, how often, and since when")
    public Uni<Totals> totals() {
        return stored.totals().onFailure().transform(away -> new ServiceUnavailableException(RETRY_AFTER, away));
    }
}
