package io.reverser.rotation.rotator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import io.reverser.awssdk.DynamoDbLeases;
import io.reverser.rotation.rotator.reconcile.Reconciler;
import io.reverser.rotation.rotator.reconcile.SecretsManagerSteps;
import io.reverser.rotation.rotator.secret.RotationStep;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import io.reverser.rotation.rotator.slack.SlackThreadPublisher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The Lambda handler: Secrets Manager calls it with a rotation step, and a schedule calls it to reconcile. */
@Named("rotator")
@Singleton
@Startup
class RotationHandler implements RequestHandler<JsonNode, String> {

    private final SecretsManagerSecret secret;
    private final SecretsManagerSteps steps;
    private final Reconciler reconciler;
    private final SlackThreadPublisher publisher;
    private final DynamoDbLeases leases;
    private final String environment;

    RotationHandler(
            SecretsManagerSecret secret,
            SecretsManagerSteps steps,
            Reconciler reconciler,
            SlackThreadPublisher publisher,
            DynamoDbLeases leases,
            RotationConfig config) {
        this.secret = secret;
        this.steps = steps;
        this.reconciler = reconciler;
        this.publisher = publisher;
        this.leases = leases;
        this.environment = config.environment();
    }

    /**
     * @throws IllegalArgumentException if the event is for another secret than the configured one, or has an unknown
     *     step
     */
    @Override
    public String handleRequest(JsonNode event, Context context) {
        if (event.path("kind").asText().equals("reconcile")) {
            leases.runIfAcquired(environment, this::reconcile);
            return "reconciled";
        }
        RotationStep step = RotationStep.parse(event.path("Step").asText());
        requireOurs(event.path("SecretId").asText());
        steps.run(
                step,
                event.path("ClientRequestToken").asText(),
                Optional.ofNullable(event.path("RotationToken").textValue()));
        return step.name();
    }

    /** Reconciles, and then publishes the outbox in Slack, even when reconciling fails. */
    private void reconcile() {
        try {
            reconciler.reconcile();
        } finally {
            publisher.publish();
        }
    }

    private void requireOurs(String secretId) {
        if (!secret.matches(secretId)) {
            throw new IllegalArgumentException("This function does not rotate the secret " + secretId);
        }
    }
}
