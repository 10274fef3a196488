package io.reverser.alarms.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import io.reverser.alarms.notifier.delivery.SqsEvent;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The function's entry. */
@Named("notifier")
@Singleton
@Startup
class AlarmsHandler implements RequestHandler<JsonNode, AlarmsHandler.SqsBatchResponse> {

    /** To write down and to release what was begun. */
    private static final Duration TIMEOUT_MARGIN = Duration.ofSeconds(12);

    private final BatchDispatcher dispatcher;

    AlarmsHandler(BatchDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Which messages are to be handed out again.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling errors for an SQS
     *     event source</a>
     */
    record SqsBatchResponse(List<BatchItemFailure> batchItemFailures) {

        record BatchItemFailure(String itemIdentifier) {}
    }

    @Override
    public SqsBatchResponse handleRequest(JsonNode event, Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TIMEOUT_MARGIN);
        return new SqsBatchResponse(dispatcher.dispatch(SqsEvent.parse(event), left).stream()
                .map(message -> new SqsBatchResponse.BatchItemFailure(message.id()))
                .toList());
    }
}
