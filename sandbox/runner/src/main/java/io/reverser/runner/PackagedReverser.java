package io.reverser.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reverser as it is shipped: a folder with {@code reverser.jar}, {@code lib/}, {@code jvm.options} and, once
 * {@link AotTraining} has run, {@code reverser.aot}.
 *
 * @param folder absolute; the JVM starts in it, because the AOT cache holds the class path as it was written
 */
public record PackagedReverser(Path folder) {

    /** The package that the build leaves in a checkout of this repository. */
    public static PackagedReverser in(Path repository) {
        return new PackagedReverser(repository.toAbsolutePath().normalize().resolve("reverser/target/app"));
    }

    Path aotCache() {
        return folder.resolve("reverser.aot");
    }

    /**
     * Starts it with the AOT cache and waits until it is ready.
     *
     * @param jvmFlags beyond those in {@code jvm.options}; later ones win
     */
    public RunningReverser start(Ports ports, Map<String, String> environment, Path log, String... jvmFlags) {
        var flags = new ArrayList<>(List.of("-XX:AOTCache=" + aotCache().getFileName()));
        flags.addAll(List.of(jvmFlags));
        return launch(ports, environment, log, flags);
    }

    RunningReverser launch(Ports ports, Map<String, String> environment, Path log, List<String> jvmFlags) {
        var command = new ArrayList<>(List.of(java(), "@jvm.options"));
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", "reverser.jar"));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(ports.environment());
        builder.environment().putIfAbsent("QUARKUS_SHUTDOWN_DELAY", "0");
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new RunningReverser(builder.start(), ports, log).awaitReady();
        } catch (IOException failure) {
            throw new SandboxFailure("The reverser in " + folder + " cannot be started", failure);
        }
    }

    private static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }
}
