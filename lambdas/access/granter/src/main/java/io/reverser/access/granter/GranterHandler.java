package io.reverser.access.granter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import io.reverser.access.granter.GranterEvent.StreamRecord;
import io.reverser.access.granter.GranterEvent.TableChanges;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The entry point of the granter function. When the handler throws an exception, the caller of the function retries.
 */
@Named("granter")
@Singleton
@Startup
class GranterHandler implements RequestHandler<JsonNode, StreamsEventResponse> {

    private static final Logger LOG = Logger.getLogger(GranterHandler.class);

    private static final StreamsEventResponse NO_FAILURES = new StreamsEventResponse(List.of());

    private final RequestReconciler reconciler;
    private final AccessSweeper sweeper;
    private final InstantSource clock;

    GranterHandler(RequestReconciler reconciler, AccessSweeper sweeper, InstantSource clock) {
        this.reconciler = reconciler;
        this.sweeper = sweeper;
        this.clock = clock;
    }

    @Override
    public StreamsEventResponse handleRequest(JsonNode event, Context context) {
        return switch (GranterEvent.parse(event)) {
            case TableChanges tableChanges -> reconcileAll(tableChanges);
            case GranterEvent.RequestDue due -> {
                reconciler.reconcile(due.requestId(), clock.instant());
                yield NO_FAILURES;
            }
            case GranterEvent.SweepRequested sweep -> {
                SweepMetrics.emit(sweeper.sweep(clock.instant()), clock.instant());
                yield NO_FAILURES;
            }
        };
    }

    /**
     * Reconciles every request in the batch, even if one of them fails. Lambda then delivers the failed stream record
     * again, and all records after it.
     */
    private StreamsEventResponse reconcileAll(TableChanges tableChanges) {
        return new StreamsEventResponse(tableChanges.records().stream()
                .filter(streamRecord -> !reconcile(streamRecord))
                .map(streamRecord -> new StreamsEventResponse.BatchItemFailure(streamRecord.sequenceNumber()))
                .toList());
    }

    private boolean reconcile(StreamRecord streamRecord) {
        try {
            streamRecord.requestId().ifPresent(requestId -> reconciler.reconcile(requestId, clock.instant()));
            return true;
        } catch (RuntimeException failure) {
            LOG.errorf(
                    failure,
                    "Request %s could not be reconciled; the stream will deliver it again",
                    streamRecord.requestId().orElseThrow());
            return false;
        }
    }
}
