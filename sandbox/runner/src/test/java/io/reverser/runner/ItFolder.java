package io.reverser.runner;

import java.nio.file.Path;

/** Where tests keep what they start. */
final class ItFolder {

    static final Path PATH = Path.of("target", "it").toAbsolutePath();

    private ItFolder() {}
}
