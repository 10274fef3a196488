package io.reverser.alarms;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;

/** The function's entry. */
@Named("alarms")
class AlarmsHandler implements RequestHandler<JsonNode, AlarmsHandler.Answer> {

    /** To write down and to release what was begun. */
    private static final Duration MARGIN = Duration.ofSeconds(12);

    private final Desk desk;

    AlarmsHandler(Desk desk) {
        this.desk = desk;
    }

    /**
     * Which messages are to be handed out again.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling errors for an SQS
     *     event source</a>
     */
    record Answer(List<Failed> batchItemFailures) {

        record Failed(String itemIdentifier) {}
    }

    @Override
    public Answer handleRequest(JsonNode event, Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
        return new Answer(desk.take(Delivery.read(event), left).stream()
                .map(message -> new Answer.Failed(message.id()))
                .toList());
    }
}
