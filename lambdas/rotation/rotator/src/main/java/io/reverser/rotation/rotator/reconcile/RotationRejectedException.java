package io.reverser.rotation.rotator.reconcile;

/** A rotation that may not be, or may not be now. Nothing was changed, and everybody was told. */
final class RotationRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RotationRejectedException(String why) {
        super("This rotation is refused, and nothing was changed: " + why);
    }
}
