package io.reverser.access.change;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.access.change.Trigger.Changed;
import io.reverser.access.change.Trigger.Changes;
import jakarta.inject.Named;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/** The function's entry. What it throws, whoever invoked it tries again. */
@Named("change")
class ChangeHandler implements RequestHandler<JsonNode, ChangeHandler.Answer> {

    private static final Logger LOG = Logger.getLogger(ChangeHandler.class);

    private final Progress progress;
    private final Sweep sweep;
    private final InstantSource clock;

    ChangeHandler(Progress progress, Sweep sweep, InstantSource clock) {
        this.progress = progress;
        this.sweep = sweep;
        this.clock = clock;
    }

    /**
     * Which records of a stream are to be sent again, with all that follow.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Reporting batch
     *     item failures</a>
     */
    record Answer(List<Failed> batchItemFailures) {

        static final Answer ALL_DONE = new Answer(List.of());

        record Failed(String itemIdentifier) {}
    }

    @Override
    public Answer handleRequest(JsonNode event, Context context) {
        return switch (Trigger.read(event)) {
            case Changes changes -> follow(changes);
            case Trigger.Due due -> {
                progress.advance(due.request(), clock.instant());
                yield Answer.ALL_DONE;
            }
            case Trigger.Everything all -> {
                Metrics.report(sweep.run(clock.instant()), clock.instant());
                yield Answer.ALL_DONE;
            }
        };
    }

    /** All of them, because one that fails must not keep the others waiting. */
    private Answer follow(Changes changes) {
        return new Answer(changes.items().stream()
                .filter(item -> !follow(item))
                .map(item -> new Answer.Failed(item.sequence()))
                .toList());
    }

    private boolean follow(Changed item) {
        try {
            item.request().ifPresent(request -> progress.advance(request, clock.instant()));
            return true;
        } catch (RuntimeException failure) {
            LOG.errorf(
                    failure,
                    "Request %s has to be looked at again",
                    item.request().orElseThrow());
            return false;
        }
    }
}
