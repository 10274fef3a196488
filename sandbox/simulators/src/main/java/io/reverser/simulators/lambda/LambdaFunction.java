package io.reverser.simulators.lambda;

import io.reverser.clock.MovableClock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipInputStream;

/**
 * A function from its package, in a process of its own, which is started when it is first needed and again after it ended.
 * One process, so one invocation at a time.
 */
public final class LambdaFunction implements AutoCloseable {

    private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";
    private static final Duration TIME_OUT = Duration.ofSeconds(30);
    private static final List<String> RUNTIME_CLIENT = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite");

    private final String name;
    private final Path folder;
    private final Map<String, String> environment;
    private final RuntimeApi api;
    private Optional<Process> process = Optional.empty();

    private LambdaFunction(String name, Path folder, Map<String, String> environment) {
        this.name = name;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.api = RuntimeApi.start(arn(name), TIME_OUT);
    }

    /**
     * Unpacks a function.
     *
     * @param zip as it is deployed
     * @param folder for the unpacked package and the log
     */
    public static LambdaFunction of(String name, Path zip, Path folder, Map<String, String> environment) {
        Path task = folder.toAbsolutePath().resolve(name);
        unzip(zip, task);
        return new LambdaFunction(name, task, environment);
    }

    /** The function's ARN. */
    public String arn() {
        return arn(name);
    }

    /**
     * Invokes and waits for the answer.
     *
     * @throws FunctionFailed when there is none
     */
    public synchronized String invoke(String payload) {
        if (process.filter(Process::isAlive).isEmpty()) {
            process = Optional.of(launch());
        }
        try {
            return api.submit(payload).get(TIME_OUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof FunctionFailed failed ? failed : new IllegalStateException(failure);
        } catch (TimeoutException tooLong) {
            kill();
            throw new FunctionFailed(name + " did not answer within " + TIME_OUT.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FunctionFailed("Interrupted");
        }
    }

    /** Ends the process as a crash would. The next invocation finds a new one. */
    public void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
    }

    @Override
    public void close() {
        kill();
        api.close();
    }

    private Process launch() {
        try {
            var builder = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx400m",
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            classPath(),
                            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                            HANDLER)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolveSibling(name + ".log").toFile()));
            builder.environment().putAll(environment);
            builder.environment()
                    .putAll(Map.of(
                            "AWS_LAMBDA_RUNTIME_API",
                            api.authority(),
                            "AWS_LAMBDA_FUNCTION_NAME",
                            name,
                            "AWS_LAMBDA_FUNCTION_VERSION",
                            "1",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                            "512",
                            "LAMBDA_TASK_ROOT",
                            folder.toString(),
                            "_HANDLER",
                            HANDLER));
            Process started = builder.start();
            Thread.ofVirtual()
                    .start(() -> api.fail(name + " ended with exit code "
                            + started.onExit().join().exitValue()));
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String classPath() {
        var path = new ArrayList<>(List.of(folder.toString(), folder.resolve("lib") + "/*", clock().toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (RUNTIME_CLIENT.stream().anyMatch(entry::contains)) {
                path.add(entry);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private static Path clock() {
        try {
            return Path.of(MovableClock.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void unzip(Path zip, Path folder) {
        try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("The package reaches out of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The function cannot be unpacked: " + zip, failure);
        }
    }

    private static String arn(String name) {
        return "arn:aws:lambda:eu-central-1:111122223333:function:" + name;
    }
}
