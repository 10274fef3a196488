package io.reverser.bench.soak;

import java.time.Duration;
import java.util.Optional;

/** Waits until everything that was begun has come to its end. */
final class Rest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofSeconds(3);
    private static final long LOOK_EVERY_MS = 200;

    private final Stage stage;
    private final AccessTable access;
    private final RotationTable rotations;

    Rest(Stage stage) {
        this.stage = stage;
        this.access = new AccessTable(stage.api(), stage.aws().clock());
        this.rotations = new RotationTable(stage.api());
    }

    /**
     * Waits. What waits for a time that only the sandbox's clock knows does not have to wait for it here: the clock is moved
     * while nobody works.
     *
     * @param rotationsWanted so many have to be over
     * @throws StoryStuck when something does not come to its end
     */
    void await(int rotationsWanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Optional<String> unrest = unrest(rotationsWanted); unrest.isPresent(); unrest = unrest(rotationsWanted)) {
            if (System.nanoTime() > deadline) {
                throw new StoryStuck("Nothing goes wrong any more, and after %d minutes %s"
                        .formatted(PATIENCE.toMinutes(), unrest.get()));
            }
            Thread.sleep(LOOK_EVERY_MS);
            if (stage.alarms().isIdle()
                    && stage.access().isIdle()
                    && stage.rotation().isWhole()) {
                stage.pass(STEP);
            }
        }
    }

    private Optional<String> unrest(int rotationsWanted) {
        if (!stage.rotation().isWhole()) {
            return Optional.of("not all pods are there");
        }
        int alarms = stage.alarms().queue().size();
        if (alarms > 0) {
            return Optional.of("%d changes of alarms wait".formatted(alarms));
        }
        int work = stage.access().surroundings().waitingWork();
        if (work > 0) {
            return Optional.of("%d pictures and clicks wait".formatted(work));
        }
        return access.unfinished().or(() -> rotation(rotationsWanted));
    }

    private Optional<String> rotation(int wanted) {
        var begun = rotations.rotations();
        return begun.size() < wanted
                ? Optional.of("%d of %d rotations began".formatted(begun.size(), wanted))
                : begun.stream()
                        .filter(rotation -> rotation.end().isEmpty())
                        .map(rotation -> "the rotation %s is not over".formatted(rotation.token()))
                        .findFirst();
    }
}
