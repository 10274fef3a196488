package io.reverser.simulators;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder where native programs and libraries are unpacked. */
public final class NativeFolder {

    private NativeFolder() {}

    /**
     * Creates the folder next to the compiled code, because hardened machines mount the temporary folder {@code
     * noexec}.
     */
    public static Path create() throws IOException {
        try {
            var code = NativeFolder.class.getProtectionDomain().getCodeSource().getLocation();
            return Files.createDirectories(Path.of(code.toURI()).resolveSibling("native"));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
