package io.reverser.reverser.web;

import io.reverser.reverser.visits.Totals;
import io.reverser.reverser.visits.TotalsCache;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Totals over all callers, without addresses. */
@Path("/stats")
@NonBlocking
public class StatsResource {

    private static final long RETRY_AFTER_SECONDS = 10;

    private final TotalsCache totalsCache;

    StatsResource(TotalsCache totalsCache) {
        this.totalsCache = totalsCache;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The number of callers and visits, and the time of the first visit")
    public Uni<Totals> totals() {
        return totalsCache
                .totals()
                .onFailure()
                .transform(unavailable -> new ServiceUnavailableException(RETRY_AFTER_SECONDS, unavailable));
    }
}
