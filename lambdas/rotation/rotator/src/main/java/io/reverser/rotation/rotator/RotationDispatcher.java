package io.reverser.rotation.rotator;

import io.reverser.rotation.rotator.eventlog.Lease;
import io.reverser.rotation.rotator.reconcile.Reconciler;
import io.reverser.rotation.rotator.reconcile.SecretsManagerSteps;
import io.reverser.rotation.rotator.secret.RotationStep;
import io.reverser.rotation.rotator.secret.SecretsManagerSecret;
import io.reverser.rotation.rotator.slack.SlackThreadPublisher;
import java.util.Optional;

/** What the function does with what it is asked. */
final class RotationDispatcher {

    private final Components components;

    /** What it is made of. */
    record Components(
            SecretsManagerSecret secret,
            SecretsManagerSteps steps,
            Reconciler reconciler,
            SlackThreadPublisher publisher,
            Lease lease) {}

    RotationDispatcher(Components components) {
        this.components = components;
    }

    /**
     * Takes a step of a rotation.
     *
     * @throws IllegalArgumentException when it is about a secret that is not ours
     */
    void runStep(RotationStep step, String secret, String token, Optional<String> rotationToken) {
        if (!components.secret().matches(secret)) {
            throw new IllegalArgumentException("This function does not rotate the secret " + secret);
        }
        components.steps().run(step, token, rotationToken);
    }

    /** Looks, and tells what there is to tell, also when looking fails. */
    void reconcile() {
        components.lease().runIfAcquired(() -> {
            try {
                components.reconciler().reconcile();
            } finally {
                components.publisher().publish();
            }
        });
    }
}
