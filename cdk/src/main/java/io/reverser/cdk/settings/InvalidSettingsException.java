package io.reverser.cdk.settings;

import java.util.List;

/** The settings cannot be used. The message lists everything that is wrong with them, one problem a line. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each as {@code file: key: found …, expected …}. */
    public List<String> problems() {
        return problems;
    }
}
