package io.reverser.runner.process;

import java.nio.file.Path;

/** Where the tests of this JVM keep what they start. */
public final class ItFolder {

    public static final Path PATH =
            Path.of(System.getProperty("it.folder", "target/it")).toAbsolutePath();

    private ItFolder() {}
}
