package io.reverser.bench.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every request that callers were answered against the rows of the database.
 *
 * @param answered how many requests of each address got their answer
 * @param unanswered how many did not; the reverser may have counted them all the same
 * @param stored what the database has
 * @param deaths of pods that nobody told to stop
 * @param lastWords lines in which stopped pods say that they could not store everything, with when they were found
 */
public record VisitBook(
        Map<String, Long> answered,
        Map<String, Long> unanswered,
        Map<String, Long> stored,
        List<Death> deaths,
        Map<String, Moment> lastWords) {

    /**
     * A pod that was killed. What it had answered a while before has to be in the database: visits add up for a second, and
     * then they are written.
     *
     * @param answeredBefore how many requests it had answered two seconds before
     * @param storedThen how many visits it had stored then, by its own metric
     * @param answeredInAll how many it ever answered
     */
    public record Death(String pod, Moment when, long answeredBefore, long storedThen, long answeredInAll) {

        /** The most that can have gone with it. */
        long mayBeLost() {
            return Math.max(0, answeredInAll - storedThen);
        }
    }

    /** The most that killed pods can explain. */
    public long mayBeLost() {
        return deaths.stream().mapToLong(Death::mayBeLost).sum();
    }

    /** Everything that is wrong. */
    public List<Loss> losses(Moment now) {
        var losses = new ArrayList<Loss>();
        long missing = missing();
        if (missing > mayBeLost()) {
            losses.add(new Loss(
                    "Visits lost: %d answered requests are not in the database, of which killed pods explain at most %d"
                            .formatted(missing, mayBeLost()),
                    now));
        }
        for (Death death : deaths) {
            if (death.storedThen() < death.answeredBefore()) {
                losses.add(new Loss(
                        "Visits lost: %s had answered %d requests two seconds before it was killed and stored %d"
                                .formatted(death.pod(), death.answeredBefore(), death.storedThen()),
                        death.when()));
            }
        }
        stored.forEach((caller, visits) -> {
            long most = answered.getOrDefault(caller, 0L) + unanswered.getOrDefault(caller, 0L);
            if (visits > most) {
                losses.add(new Loss(
                        "Visits invented: %s came at most %d times and has %d".formatted(caller, most, visits), now));
            }
        });
        lastWords.forEach((line, moment) -> losses.add(new Loss("Visits lost: a pod says: " + line, moment)));
        return losses;
    }

    /** How many answered requests are not in the database. */
    public long missing() {
        return answered.entrySet().stream()
                .mapToLong(caller -> Math.max(0, caller.getValue() - stored.getOrDefault(caller.getKey(), 0L)))
                .sum();
    }
}
