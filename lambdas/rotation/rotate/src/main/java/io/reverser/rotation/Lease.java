package io.reverser.rotation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** One at a time looks, however often the schedule calls. A lease that nobody gives back is over after a while. */
final class Lease {

    /** Longer than any invocation. */
    private static final Duration LONGEST = Duration.ofSeconds(90);
    /** Whatever is further away than this was written by a clock that was wrong. */
    private static final Duration ABSURD = Duration.ofHours(1);

    private final JournalTable table;
    private final String environment;
    private final InstantSource clock;

    Lease(JournalTable table, String environment, InstantSource clock) {
        this.table = table;
        this.environment = environment;
        this.clock = clock;
    }

    /** Does something, unless somebody else is at it. */
    void whileHeld(Runnable what) {
        String holder = UUID.randomUUID().toString();
        Instant now = clock.instant();
        if (table.take(environment, holder, new JournalTable.Term(now, now.plus(LONGEST), now.plus(ABSURD)))) {
            try {
                what.run();
            } finally {
                table.giveBack(environment, holder);
            }
        }
    }
}
