package io.reverser.access.granter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import io.reverser.access.granter.GranterEvent.StreamRecord;
import io.reverser.access.granter.GranterEvent.TableChanges;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** The function's entry point. When it throws, the invoker retries. */
@Named("granter")
@Singleton
@Startup
class GranterHandler implements RequestHandler<JsonNode, GranterHandler.BatchResponse> {

    private static final Logger LOG = Logger.getLogger(GranterHandler.class);

    private final RequestReconciler reconciler;
    private final AccessSweeper sweeper;
    private final InstantSource clock;

    GranterHandler(RequestReconciler reconciler, AccessSweeper sweeper, InstantSource clock) {
        this.reconciler = reconciler;
        this.sweeper = sweeper;
        this.clock = clock;
    }

    /**
     * Which records of a stream are to be sent again, with all that follow.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Reporting batch
     *     item failures</a>
     */
    record BatchResponse(List<BatchItemFailure> batchItemFailures) {

        static final BatchResponse NO_FAILURES = new BatchResponse(List.of());

        record BatchItemFailure(String itemIdentifier) {}
    }

    @Override
    public BatchResponse handleRequest(JsonNode event, Context context) {
        return switch (GranterEvent.parse(event)) {
            case TableChanges tableChanges -> reconcileAll(tableChanges);
            case GranterEvent.RequestDue due -> {
                reconciler.reconcile(due.requestId(), clock.instant());
                yield BatchResponse.NO_FAILURES;
            }
            case GranterEvent.SweepRequested sweep -> {
                SweepMetrics.emit(sweeper.sweep(clock.instant()), clock.instant());
                yield BatchResponse.NO_FAILURES;
            }
        };
    }

    /** All of them, because one that fails must not keep the others waiting. */
    private BatchResponse reconcileAll(TableChanges tableChanges) {
        return new BatchResponse(tableChanges.records().stream()
                .filter(streamRecord -> !reconcile(streamRecord))
                .map(streamRecord -> new BatchResponse.BatchItemFailure(streamRecord.sequenceNumber()))
                .toList());
    }

    private boolean reconcile(StreamRecord streamRecord) {
        try {
            streamRecord.requestId().ifPresent(requestId -> reconciler.reconcile(requestId, clock.instant()));
            return true;
        } catch (RuntimeException failure) {
            LOG.errorf(
                    failure,
                    "Request %s has to be looked at again",
                    streamRecord.requestId().orElseThrow());
            return false;
        }
    }
}
