package io.reverser.rotation.rotator.reconcile;

/** A rotation was rejected before it changed anything; the rotation log contains the reason. */
final class RotationRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RotationRejectedException(String why) {
        super("Rotation rejected before anything changed: " + why);
    }
}
