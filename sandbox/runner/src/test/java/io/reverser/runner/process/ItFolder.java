package io.reverser.runner.process;

import java.nio.file.Path;

/** The folder for the data of all processes that the tests of this JVM start. */
public final class ItFolder {

    public static final Path PATH =
            Path.of(System.getProperty("it.folder", "target/it")).toAbsolutePath();

    private ItFolder() {}
}
