package io.reverser.bench.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reconciles the requests that callers were answered with the rows of the database.
 *
 * @param answered how many requests of each address got their answer
 * @param unanswered how many did not; the reverser may have counted them all the same
 * @param stored what the database has
 * @param podKills pods that were killed without a graceful shutdown
 * @param lossLogLines lines in which stopped pods say that they could not store everything, with when they were found
 */
public record VisitReconciliation(
        Map<String, Long> answered,
        Map<String, Long> unanswered,
        Map<String, Long> stored,
        List<PodKill> podKills,
        Map<String, DualTimestamp> lossLogLines) {

    /**
     * A pod that was killed. What it had answered a while before has to be in the database: visits add up for a second, and
     * then they are written.
     *
     * @param answeredBefore how many requests it had answered two seconds before
     * @param storedAtKill how many visits it had stored then, by its own metric
     * @param answeredTotal how many it ever answered
     */
    public record PodKill(
            String pod, DualTimestamp killedAt, long answeredBefore, long storedAtKill, long answeredTotal) {

        /** The most that can have gone with it. */
        long maxLostVisits() {
            return Math.max(0, answeredTotal - storedAtKill);
        }
    }

    /** The most that killed pods can explain. */
    public long maxLostVisits() {
        return podKills.stream().mapToLong(PodKill::maxLostVisits).sum();
    }

    /** Everything that is wrong. */
    public List<Discrepancy> discrepancies(DualTimestamp now) {
        var discrepancies = new ArrayList<Discrepancy>();
        long missing = missingVisits();
        if (missing > maxLostVisits()) {
            discrepancies.add(new Discrepancy(
                    "Visits lost: %d answered requests are not in the database, of which killed pods explain at most %d"
                            .formatted(missing, maxLostVisits()),
                    now));
        }
        for (PodKill podKill : podKills) {
            if (podKill.storedAtKill() < podKill.answeredBefore()) {
                discrepancies.add(new Discrepancy(
                        "Visits lost: %s had answered %d requests two seconds before it was killed and stored %d"
                                .formatted(podKill.pod(), podKill.answeredBefore(), podKill.storedAtKill()),
                        podKill.killedAt()));
            }
        }
        stored.forEach((caller, visits) -> {
            long max = answered.getOrDefault(caller, 0L) + unanswered.getOrDefault(caller, 0L);
            if (visits > max) {
                discrepancies.add(new Discrepancy(
                        "Visits invented: %s came at most %d times and has %d".formatted(caller, max, visits), now));
            }
        });
        lossLogLines.forEach(
                (line, timestamp) -> discrepancies.add(new Discrepancy("Visits lost: a pod says: " + line, timestamp)));
        return discrepancies;
    }

    /** How many answered requests are not in the database. */
    public long missingVisits() {
        return answered.entrySet().stream()
                .mapToLong(caller -> Math.max(0, caller.getValue() - stored.getOrDefault(caller.getKey(), 0L)))
                .sum();
    }
}
