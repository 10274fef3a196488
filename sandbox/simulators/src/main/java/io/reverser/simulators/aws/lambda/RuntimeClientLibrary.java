package io.reverser.simulators.aws.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native library of AWS's runtime client. By default, each function's process unpacks the library to the same file
 * in {@code /tmp}. A process that loads the file while another process writes it crashes with a bus error.
 */
final class RuntimeClientLibrary {

    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private RuntimeClientLibrary() {}

    /**
     * Unpacks the native library for one function.
     *
     * @return the JVM options that select the unpacked library; empty if there is no library for the architecture of
     *     this machine
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
