package io.reverser.runner.process;

import io.reverser.simulators.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packaged reverser: a folder with {@code reverser.jar}, {@code lib/}, {@code jvm.options} and, after {@link
 * AotTraining}, {@code reverser.aot}.
 *
 * @param folder the absolute path of the package; the JVM starts in this folder, because the AOT cache contains the
 *     class path as given, relative to this folder
 */
public record PackagedReverser(Path folder) {

    /**
     * The settings of a reverser on this machine: no shutdown delay, because there is no load balancer that needs time
     * to notice the shutdown; and a plain-text log instead of JSON.
     */
    private static final Map<String, String> LOCAL_ENVIRONMENT =
            Map.of("QUARKUS_SHUTDOWN_DELAY", "0", "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");

    /** The package that the build creates in a checkout of this repository. */
    public static PackagedReverser inRepository(Path repository) {
        return new PackagedReverser(repository.toAbsolutePath().normalize().resolve("reverser/target/app"));
    }

    Path aotCache() {
        return folder.resolve("reverser.aot");
    }

    /** Whether the package has an AOT cache that was created from the current build, and is not empty. */
    public boolean hasCurrentAotCache() {
        try {
            FileTime packaged = Files.getLastModifiedTime(folder.resolve("reverser.jar"));
            return Files.exists(aotCache())
                    && Files.size(aotCache()) > 0
                    && Files.getLastModifiedTime(aotCache()).compareTo(packaged) > 0;
        } catch (IOException failure) {
            throw new SandboxException("The reverser's package is missing: " + failure.getMessage(), failure);
        }
    }

    /**
     * Starts the reverser, with the AOT cache if there is a current one, and waits until the reverser is ready.
     *
     * @param jvmFlags added after the flags in {@code jvm.options}, which they override
     * @throws SandboxException when the reverser exits instead, with its last error message
     */
    public RunningReverser start(Ports ports, Map<String, String> environment, Path log, String... jvmFlags) {
        return startWithoutWaiting(ports, environment, log, jvmFlags).awaitReady();
    }

    /** Starts the reverser without waiting until it is ready. */
    public RunningReverser startWithoutWaiting(
            Ports ports, Map<String, String> environment, Path log, String... jvmFlags) {
        var flags = new ArrayList<String>();
        if (hasCurrentAotCache()) {
            flags.add("-XX:AOTCache=" + aotCache().getFileName());
        }
        flags.addAll(List.of(jvmFlags));
        return launch(ports, environment, log, flags);
    }

    RunningReverser launch(Ports ports, Map<String, String> environment, Path log, List<String> jvmFlags) {
        var command = new ArrayList<>(List.of(java(), "@jvm.options"));
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", "reverser.jar"));
        var builder = ChildProcess.onLoopback(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(ports.environment());
        LOCAL_ENVIRONMENT.forEach(builder.environment()::putIfAbsent);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new RunningReverser(ChildProcess.start(builder), ports, log);
        } catch (IOException failure) {
            throw new SandboxException("The reverser in " + folder + " cannot be started", failure);
        }
    }

    private static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }
}
