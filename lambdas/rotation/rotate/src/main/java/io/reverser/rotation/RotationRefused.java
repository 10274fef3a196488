package io.reverser.rotation;

/** A rotation that may not be, or may not be now. Nothing was changed, and everybody was told. */
final class RotationRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    RotationRefused(String why) {
        super("This rotation is refused, and nothing was changed: " + why);
    }
}
