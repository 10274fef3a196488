package io.reverser.runner;

import java.io.Serial;

/** Something that the person at the keyboard can act on; the message is all they need to see. */
public final class SandboxFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    SandboxFailure(String message) {
        super(message);
    }

    SandboxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
