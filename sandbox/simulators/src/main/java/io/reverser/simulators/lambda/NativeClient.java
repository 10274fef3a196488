package io.reverser.simulators.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native part of AWS's runtime client. Left to itself, each process unpacks it anew to the same file in {@code /tmp}, as
 * if it were alone on its machine, and a process that loads the file at that moment dies of a bus error.
 */
final class NativeClient {

    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private NativeClient() {}

    /**
     * Unpacks it for one function.
     *
     * @return what the function's JVM has to be told; nothing where there is no such part for this machine
     */
    static List<String> unpack(Path folder) {
        String name = "libaws-lambda-jni.%s-%s.so".formatted(system(), processor());
        try (InputStream library = NativeClient.class.getResourceAsStream("/jni/" + name)) {
            if (library == null || !System.getProperty("os.name").equals("Linux")) {
                return List.of();
            }
            Path file = folder.resolve(name);
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return List.of("-D" + PROPERTY + "=" + file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String system() {
        return Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
    }

    private static String processor() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    }
}
