package io.reverser.rotation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;
import java.util.Optional;

/** The function's entry: Secrets Manager asks for a step, and a schedule asks to look. */
@Named("rotation")
class RotationHandler implements RequestHandler<JsonNode, String> {

    private final Desk desk;

    RotationHandler(Desk desk) {
        this.desk = desk;
    }

    @Override
    public String handleRequest(JsonNode event, Context context) {
        if (event.path("kind").asText().equals("reconcile")) {
            desk.look();
            return "looked";
        }
        Step step = Step.parse(event.path("Step").asText());
        desk.take(
                step,
                event.path("SecretId").asText(),
                event.path("ClientRequestToken").asText(),
                Optional.ofNullable(event.path("RotationToken").textValue()));
        return step.name();
    }
}
