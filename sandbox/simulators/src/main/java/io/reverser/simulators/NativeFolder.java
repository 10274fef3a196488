package io.reverser.simulators;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where programs and libraries of others are unpacked. */
public final class NativeFolder {

    private NativeFolder() {}

    /** Beside our own code, because hardened machines run nothing that lies in the folder for temporary files. */
    public static Path create() throws IOException {
        try {
            var code = NativeFolder.class.getProtectionDomain().getCodeSource().getLocation();
            return Files.createDirectories(Path.of(code.toURI()).resolveSibling("native"));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
