package io.reverser.runner.process;

import java.nio.file.Path;

/** Where tests keep what they start. */
public final class ItFolder {

    public static final Path PATH = Path.of("target", "it").toAbsolutePath();

    private ItFolder() {}
}
