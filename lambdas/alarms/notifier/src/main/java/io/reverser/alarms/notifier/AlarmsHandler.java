package io.reverser.alarms.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import io.reverser.alarms.notifier.delivery.SqsEvent;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The Lambda handler: receives batches of messages from the SQS queues. */
@Named("notifier")
@Singleton
@Startup
class AlarmsHandler implements RequestHandler<JsonNode, SQSBatchResponse> {

    /** The time that is reserved at the end of an invocation, for recording results and releasing leases. */
    private static final Duration TIMEOUT_MARGIN = Duration.ofSeconds(12);

    private final BatchDispatcher dispatcher;

    AlarmsHandler(BatchDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public SQSBatchResponse handleRequest(JsonNode event, Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TIMEOUT_MARGIN);
        return new SQSBatchResponse(dispatcher.dispatch(SqsEvent.parse(event), left).stream()
                .map(message -> new SQSBatchResponse.BatchItemFailure(message.id()))
                .toList());
    }
}
