package io.reverser.runner.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * The packaged reverser with an AOT cache. The first test that needs the cache trains it, because without a cache, a
 * start takes twice as long.
 */
public final class TrainedReverser {

    /** Uses only the first JIT compiler (C1), because a test ends before the second compiler pays off. */
    private static final String COMPILER = "-XX:TieredStopAtLevel=1";

    private TrainedReverser() {}

    public static PackagedReverser inRepository() {
        var reverser = PackagedReverser.inRepository(Path.of("..", ".."));
        AotTraining.trainIfNeeded(reverser, System.out::println);
        return reverser;
    }

    /** Starts the reverser, and waits until it is ready. */
    static RunningReverser start(Map<String, String> environment, Path log) {
        return inRepository().start(Ports.free(), environment, log, COMPILER);
    }
}
