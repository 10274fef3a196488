package io.reverser.rotation;

import java.util.Optional;

/** What the function does with what it is asked. */
final class Desk {

    private final Parts parts;

    /** What it is made of. */
    record Parts(Secret secret, Steps steps, Reconciler reconciler, Telling telling, Lease lease) {}

    Desk(Parts parts) {
        this.parts = parts;
    }

    /**
     * Takes a step of a rotation.
     *
     * @throws IllegalArgumentException when it is about a secret that is not ours
     */
    void take(Step step, String secret, String token, Optional<String> rotationToken) {
        if (!parts.secret().isMeant(secret)) {
            throw new IllegalArgumentException("This function does not rotate the secret " + secret);
        }
        parts.steps().take(step, token, rotationToken);
    }

    /** Looks, and tells what there is to tell, also when looking fails. */
    void look() {
        parts.lease().whileHeld(() -> {
            try {
                parts.reconciler().look();
            } finally {
                parts.telling().tell();
            }
        });
    }
}
