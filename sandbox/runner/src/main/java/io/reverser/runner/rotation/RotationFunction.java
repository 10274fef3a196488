package io.reverser.runner.rotation;

import io.reverser.simulators.aws.lambda.FunctionFailed;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The packaged rotation function in two processes, as Lambda would run it: one process runs the steps of Secrets
 * Manager's rotations, and the other reconciles every second. In AWS, the function reconciles every minute.
 */
final class RotationFunction implements AutoCloseable {

    private static final Duration RECONCILE_INTERVAL = Duration.ofSeconds(1);
    private static final String RECONCILE_EVENT = "{\"kind\":\"reconcile\"}";
    private static final int MAX_RECORDED_DURATIONS = 600;

    private final Path log;
    private final LambdaFunction steps;
    private final LambdaFunction reconciler;
    private final Queue<Duration> reconcileDurations = new ConcurrentLinkedQueue<>();
    private final Thread reconcileThread =
            Thread.ofPlatform().daemon().name("rotation-reconcile").unstarted(this::reconcileContinuously);

    private RotationFunction(Path log, LambdaFunction steps, LambdaFunction reconciler) {
        this.log = log;
        this.steps = steps;
        this.reconciler = reconciler;
    }

    /** Creates the function without starting a process. */
    static RotationFunction of(Path repository, Path home, Map<String, String> environment) {
        return new RotationFunction(
                home.resolve("rotation-steps.log"),
                createFunction(RotationSandbox.FUNCTION_NAMES.getFirst(), repository, home, environment),
                createFunction(RotationSandbox.FUNCTION_NAMES.getLast(), repository, home, environment));
    }

    String arn() {
        return steps.arn();
    }

    /** The log of the process that runs the rotation steps. */
    Path log() {
        return log;
    }

    /** Runs a rotation step, as Secrets Manager invokes it. */
    void runStep(String payload) {
        steps.invoke(payload);
    }

    /** Starts the regular reconciliation, which runs every second. */
    void start() {
        reconcileThread.start();
    }

    /** The durations of the latest reconciliations, without the cold start. */
    List<Duration> reconcileDurations() {
        return List.copyOf(reconcileDurations);
    }

    /** Kills one of the function's processes, as in a crash. */
    void kill(int number) {
        List.of(steps, reconciler).get(number % 2).kill();
    }

    /** Starts those of the function's processes that are not running, and returns all processes. */
    List<ProcessHandle> startProcesses() {
        return List.of(steps.start(), reconciler.start());
    }

    @Override
    public void close() {
        reconcileThread.interrupt();
        steps.close();
        reconciler.close();
    }

    private static LambdaFunction createFunction(
            String name, Path repository, Path home, Map<String, String> environment) {
        return LambdaFunction.of(
                FunctionPackage.unzip(name, RotationSandbox.zip(repository), home, FunctionPackage.QUARKUS_HANDLER),
                environment);
    }

    private void reconcileContinuously() {
        try {
            reconcile();
            while (true) {
                Thread.sleep(RECONCILE_INTERVAL);
                long startNanos = System.nanoTime();
                reconcile();
                reconcileDurations.add(Duration.ofNanos(System.nanoTime() - startNanos));
                if (reconcileDurations.size() > MAX_RECORDED_DURATIONS) {
                    reconcileDurations.remove();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs one reconciliation; if it fails, the next one retries. */
    private void reconcile() {
        try {
            reconciler.invoke(RECONCILE_EVENT);
        } catch (FunctionFailed failed) {
            // In AWS, the scheduler would ignore the failure, too. The next reconciliation starts a second later.
        }
    }
}
