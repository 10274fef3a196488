package io.reverser.runner.process;

import java.io.Serial;

/** A problem that the user can solve. The user sees only the message, which says how to solve the problem. */
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
