package io.reverser.rotation.rotator.reconcile;

/** A rotation that is not admitted, or not now. Nothing was changed, and the rejection is in the rotation log. */
final class RotationRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RotationRejectedException(String why) {
        super("This rotation is refused, and nothing was changed: " + why);
    }
}
