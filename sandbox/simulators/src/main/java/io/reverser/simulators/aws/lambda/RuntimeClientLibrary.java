package io.reverser.simulators.aws.lambda;

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
final class RuntimeClientLibrary {

    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private RuntimeClientLibrary() {}

    /**
     * Unpacks it for one function.
     *
     * @return what the function's JVM has to be told; nothing where there is no such part for this machine
     */
    static List<String> unpack(Path folder) {
        String name = "libaws-lambda-jni.%s-%s.so".formatted(operatingSystem(), architecture());
        try (InputStream library = RuntimeClientLibrary.class.getResourceAsStream("/jni/" + name)) {
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

    private static String operatingSystem() {
        return Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    }
}
