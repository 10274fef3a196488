package io.reverser.bench.soak;

import io.reverser.bench.account.Moment;
import io.reverser.bench.soak.Script.Timed;
import io.reverser.simulators.aws.Scheduler.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lets time pass until nobody has access any more: from one moment at which something is due to the next, and no further than
 * a minute, so that nothing is late because of it.
 */
final class Evening {

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration TO_WORK = Duration.ofSeconds(4);
    private static final long LOOK_EVERY_MS = 10;

    private final Stage stage;
    private final Breakage breakage;
    private final Sweeper sweeper;

    Evening(Stage stage, Breakage breakage, Sweeper sweeper) {
        this.stage = stage;
        this.breakage = breakage;
        this.sweeper = sweeper;
    }

    /**
     * Passes, with this trouble on the way.
     *
     * @throws StoryStuck when somebody keeps access
     */
    void pass(List<Timed<Trouble>> troubles) throws InterruptedException {
        Instant begun = stage.now().simulated();
        var waiting = new ArrayList<>(troubles);
        Map<Trouble, Moment> going = new HashMap<>();
        try {
            while (!going.isEmpty() || isAnybodyIn()) {
                if (stage.now().simulated().isAfter(begun.plus(LONGEST))) {
                    throw new StoryStuck("Somebody still has access after " + LONGEST.toHours() + " hours");
                }
                change(waiting, going, begun);
                step();
            }
        } finally {
            going.forEach(breakage::end);
        }
    }

    /** Seen in the cluster, because the table may be made to fail. */
    private boolean isAnybodyIn() {
        return stage.aws().eks().entries().stream()
                .anyMatch(entry -> entry.tags().containsKey("cluster-access:request-id"));
    }

    private void change(List<Timed<Trouble>> waiting, Map<Trouble, Moment> going, Instant begun)
            throws InterruptedException {
        Instant now = stage.now().simulated();
        for (Trouble trouble : List.copyOf(going.keySet())) {
            Moment from = going.get(trouble);
            if (from != null && !now.isBefore(from.simulated().plus(trouble.lasting()))) {
                going.remove(trouble);
                breakage.end(trouble, from);
            }
        }
        for (Timed<Trouble> next : List.copyOf(waiting)) {
            if (!now.isBefore(begun.plus(next.at()))) {
                waiting.remove(next);
                going.put(next.what(), breakage.begin(next.what()));
            }
        }
    }

    private void step() throws InterruptedException {
        Instant now = stage.now().simulated();
        Instant next = Stream.concat(
                        Stream.of(now.plus(STEP), sweeper.next()),
                        stage.aws().scheduler().schedules().stream().map(Schedule::at))
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElseThrow();
        stage.pass(Duration.between(now, next).plusMillis(1));
        sweeper.lookIfDue();
        long deadline = System.nanoTime() + TO_WORK.toNanos();
        do {
            Thread.sleep(LOOK_EVERY_MS);
        } while (!stage.access().isIdle() && System.nanoTime() < deadline);
    }
}
