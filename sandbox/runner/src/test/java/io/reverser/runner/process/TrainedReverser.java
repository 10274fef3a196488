package io.reverser.runner.process;

import java.nio.file.Path;
import java.util.Map;

/** The packaged reverser, trained by whichever test needs it first: an untrained one takes twice as long to start. */
public final class TrainedReverser {

    /** A test ends before the second compiler has paid. */
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
