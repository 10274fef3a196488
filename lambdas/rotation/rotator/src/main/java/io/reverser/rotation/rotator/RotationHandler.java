package io.reverser.rotation.rotator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.rotation.rotator.secret.RotationStep;
import jakarta.inject.Named;
import java.util.Optional;

/** The function's entry: Secrets Manager asks for a step, and a schedule asks to look. */
@Named("rotation")
class RotationHandler implements RequestHandler<JsonNode, String> {

    private final RotationDispatcher dispatcher;

    RotationHandler(RotationDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public String handleRequest(JsonNode event, Context context) {
        if (event.path("kind").asText().equals("reconcile")) {
            dispatcher.reconcile();
            return "reconciled";
        }
        RotationStep step = RotationStep.parse(event.path("Step").asText());
        dispatcher.runStep(
                step,
                event.path("SecretId").asText(),
                event.path("ClientRequestToken").asText(),
                Optional.ofNullable(event.path("RotationToken").textValue()));
        return step.name();
    }
}
