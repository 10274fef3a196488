package io.reverser.access.policy;

import java.util.List;

/** The file is no policy. The message lists everything that is wrong with it, a line each. */
public final class InvalidPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidPolicyException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /** Each as {@code file: key: found …, expected …}. */
    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
