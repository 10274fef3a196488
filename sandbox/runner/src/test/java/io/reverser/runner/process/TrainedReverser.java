package io.reverser.runner.process;

import java.nio.file.Path;

/** The packaged reverser, trained by whichever test needs it first: an untrained one takes twice as long to start. */
public final class TrainedReverser {

    private TrainedReverser() {}

    public static PackagedReverser inRepository() {
        var reverser = PackagedReverser.inRepository(Path.of("..", ".."));
        AotTraining.trainIfNeeded(reverser, System.out::println);
        return reverser;
    }
}
