package io.reverser.rotation.rotator.reconcile;

/** A rotation that is not admitted, or not now. Nothing has changed, and the rotation log has the rejection. */
final class RotationRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RotationRejectedException(String why) {
        super("Rotation rejected before anything changed: " + why);
    }
}
