package io.reverser.runner.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * The packaged reverser with an AOT cache, trained by the first test that needs it: without one, a start takes twice as
 * long.
 */
public final class TrainedReverser {

    /** Uses the first JIT compiler only, because a test ends before the second one pays off. */
    private static final String COMPILER = "-XX:TieredStopAtLevel=1";

    private TrainedReverser() {}

    public static PackagedReverser inRepository() {
        var reverser = PackagedReverser.inRepository(Path.of("..", ".."));
        AotTraining.trainIfNeeded(reverser, System.out::println);
        return reverser;
    }

    /** Starts it, and waits until it is ready. */
    static RunningReverser start(Map<String, String> environment, Path log) {
        return inRepository().start(Ports.free(), environment, log, COMPILER);
    }
}
