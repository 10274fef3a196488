package io.reverser.runner;

import io.reverser.simulators.lambda.FunctionFailed;
import io.reverser.simulators.lambda.FunctionPackage;
import io.reverser.simulators.lambda.LambdaFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The packaged function that rotates, in two processes as Lambda would run it: one takes Secrets Manager's steps while the
 * other looks. It looks every second; in AWS it is every minute.
 */
final class RotationFunction implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final String LOOK = "{\"kind\":\"reconcile\"}";
    private static final int REMEMBERED = 600;

    private final Path log;
    private final LambdaFunction steps;
    private final LambdaFunction looks;
    private final Queue<Duration> took = new ConcurrentLinkedQueue<>();
    private final Thread watch = Thread.ofPlatform().daemon().name("rotation").unstarted(this::lookAgainAndAgain);

    private RotationFunction(Path log, LambdaFunction steps, LambdaFunction looks) {
        this.log = log;
        this.steps = steps;
        this.looks = looks;
    }

    /** Nothing runs until it is needed. */
    static RotationFunction of(Path repository, Path home, Map<String, String> environment) {
        return new RotationFunction(
                home.resolve("rotation-steps.log"),
                process("rotation-steps", repository, home, environment),
                process("rotation-looks", repository, home, environment));
    }

    String arn() {
        return steps.arn();
    }

    /** What it says while it takes steps. */
    Path log() {
        return log;
    }

    /** Takes a step of Secrets Manager's. */
    void step(String payload) {
        steps.invoke(payload);
    }

    /** Looks from now on. */
    void start() {
        watch.start();
    }

    /** How long it last took each time to look, once it was warm. */
    List<Duration> took() {
        return List.copyOf(took);
    }

    /** Ends one of the processes as a crash would. */
    void kill(int number) {
        List.of(steps, looks).get(number % 2).kill();
    }

    /** Starts the processes, unless they run. */
    List<ProcessHandle> processes() {
        return List.of(steps.start(), looks.start());
    }

    @Override
    public void close() {
        watch.interrupt();
        steps.close();
        looks.close();
    }

    private static LambdaFunction process(String name, Path repository, Path home, Map<String, String> environment) {
        Path zip = repository.resolve("lambdas/rotation/rotate/target/function.zip");
        return LambdaFunction.of(FunctionPackage.unzip(name, zip, home, FunctionPackage.QUARKUS), environment);
    }

    private void lookAgainAndAgain() {
        try {
            look();
            while (true) {
                Thread.sleep(BETWEEN);
                long begun = System.nanoTime();
                look();
                took.add(Duration.ofNanos(System.nanoTime() - begun));
                if (took.size() > REMEMBERED) {
                    took.remove();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever failed is looked at again; the function's log says what it was. */
    private void look() {
        try {
            looks.invoke(LOOK);
        } catch (FunctionFailed failed) {
            // As with the schedule: the next call comes anyway.
        }
    }
}
