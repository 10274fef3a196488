package io.reverser.runner.process;

import java.io.Serial;

/** Something that the person at the keyboard can act on; the message is all they need to see. */
public final class SandboxException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
