package io.reverser.simulators.aws.lambda;

import io.reverser.simulators.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Lambda function that runs from its deployment package in a separate process. The first invocation starts the
 * process; after an exit, the next invocation starts a new one. The function has only one process, so it handles only
 * one invocation at a time.
 */
public final class LambdaFunction implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** For a JVM that starts beside many others on two cores. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** The JVM options that Lambda sets: only the C1 compiler, and the serial collector. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx400m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED");

    /** Names the endpoint from which a function with SnapStart gets its credentials, instead of the environment. */
    private static final String CREDENTIALS_ENDPOINT = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    private final FunctionPackage code;
    private final Map<String, String> environment;
    private final AtomicInteger callers = new AtomicInteger();
    private volatile Optional<RunningProcess> running = Optional.empty();
    private volatile boolean closed;

    /**
     * A process of the function, its Runtime API, and a future that completes after the process has exited and all
     * waiting callers have been notified.
     */
    private record RunningProcess(Process process, RuntimeApi api, CompletableFuture<Void> ended) {}

    private LambdaFunction(FunctionPackage code, Map<String, String> environment) {
        this.code = code;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Creates a function; its process starts with the first invocation. The log file of the function is next to the
     * folder with its code. The function's name is its access key, so that a call shows which function made it.
     */
    public static LambdaFunction of(FunctionPackage code, Map<String, String> environment) {
        return new LambdaFunction(code, environment);
    }

    /** The function's ARN. */
    public String arn() {
        return arn(code.name());
    }

    /**
     * Starts the function's process if it is not running, and waits until it asks the Runtime API for an invocation.
     *
     * @throws FunctionFailed when the process does not start
     */
    public ProcessHandle start() {
        return ensureReady().process().toHandle();
    }

    /**
     * Starts the function's process as Lambda does for SnapStart, and waits until it is ready for its snapshot. After
     * {@link #restore} the process continues.
     *
     * @throws FunctionFailed when the process does not start, or a runtime hook fails
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks</a>
     */
    public synchronized void startUntilSnapshot() {
        kill();
        await(
                launch(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))
                        .api()
                        .checkpoint(),
                START_TIMEOUT);
    }

    /**
     * Lets the process continue as if restored from its SnapStart snapshot, and waits until it asks the Runtime API for
     * an invocation.
     */
    public ProcessHandle restore() {
        running.orElseThrow().api().restore();
        return start();
    }

    /**
     * Invokes the function and waits for its result.
     *
     * @throws FunctionFailed when the function returns no result
     */
    public String invoke(String payload) {
        callers.incrementAndGet();
        try {
            return submit(payload);
        } finally {
            callers.decrementAndGet();
        }
    }

    /** Whether the function has running or queued invocations. */
    public boolean isBusy() {
        return callers.get() > 0;
    }

    /** Kills the function's process. The next invocation starts a new one. */
    public void kill() {
        running.ifPresent(present -> {
            present.process().destroyForcibly();
            present.ended().join();
        });
    }

    @Override
    public void close() {
        closed = true;
        kill();
    }

    private synchronized String submit(String payload) {
        return await(ensureReady().api().submit(payload), TIMEOUT);
    }

    private synchronized RunningProcess ensureReady() {
        RunningProcess present = running.filter(one -> one.process().isAlive()).orElseGet(() -> launch(Map.of()));
        await(present.api().ready(), START_TIMEOUT);
        return present;
    }

    private <T> T await(CompletableFuture<T> response, Duration timeout) {
        try {
            return response.get(timeout.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof FunctionFailed failed ? failed : new IllegalStateException(failure);
        } catch (TimeoutException tooLong) {
            kill();
            throw new FunctionFailed(code.name() + " timed out after " + timeout.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FunctionFailed("Interrupted");
        }
    }

    private RunningProcess launch(Map<String, String> initialization) {
        var api = RuntimeApi.start(arn(), TIMEOUT);
        Process started = startProcess(api, initialization);
        CompletableFuture<Void> ended = started.onExit().thenAccept(process -> {
            api.fail(code.name() + " ended with exit code " + process.exitValue());
            api.close();
        });
        var launched = new RunningProcess(started, api, ended);
        running = Optional.of(launched);
        if (closed) {
            kill();
        }
        return launched;
    }

    private Process startProcess(RuntimeApi api, Map<String, String> initialization) {
        try {
            Path folder = code.folder();
            var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
            command.addAll(JVM_OPTIONS);
            command.addAll(RuntimeClientLibrary.unpack(folder));
            command.addAll(List.of(
                    "-cp",
                    code.classPath(),
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                    code.handler()));
            var builder = ChildProcess.onLoopback(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolveSibling(code.name() + ".log").toFile()));
            builder.environment().putAll(environment);
            if (!environment.containsKey(CREDENTIALS_ENDPOINT)) {
                builder.environment().put("AWS_ACCESS_KEY_ID", code.name());
                builder.environment().put("AWS_SECRET_ACCESS_KEY", code.name());
            }
            builder.environment().putAll(lambdaEnvironment(api));
            builder.environment().putAll(initialization);
            return ChildProcess.start(builder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The environment variables that Lambda sets for every function. */
    private Map<String, String> lambdaEnvironment(RuntimeApi api) {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.authority(),
                "AWS_LAMBDA_FUNCTION_NAME", code.name(),
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "LAMBDA_TASK_ROOT", code.folder().toString(),
                "_HANDLER", code.handler());
    }

    private static String arn(String name) {
        return "arn:aws:lambda:eu-central-1:111122223333:function:" + name;
    }
}
