package io.reverser.runner.process;

import java.io.Serial;

/** A problem that the user can solve; the message says how, and is all that they see. */
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
