package io.reverser.bench.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the HTTP requests that the reverser answered with the visits in the database.
 *
 * @param answered the number of answered requests of each address
 * @param unanswered the number of failed requests of each address; the reverser may have counted these requests
 * @param stored the number of visits of each address in the database
 * @param podKills pods that were killed without a graceful shutdown
 * @param lossLogLines log lines of stopped pods about visits that they could not store, with the time at which the soak
 *     read the lines
 */
public record VisitReconciliation(
        Map<String, Long> answered,
        Map<String, Long> unanswered,
        Map<String, Long> stored,
        List<PodKill> podKills,
        Map<String, DualTimestamp> lossLogLines) {

    /**
     * A killed pod. A pod stores its visits once a second, so every request that the pod had answered two seconds
     * before it was killed must be in the database.
     *
     * @param answeredBefore how many requests the pod had answered two seconds before it was killed
     * @param storedAtKill how many visits the pod had stored, according to its metric
     * @param answeredTotal how many requests the pod answered in total
     */
    public record PodKill(
            String pod, DualTimestamp killedAt, long answeredBefore, long storedAtKill, long answeredTotal) {

        /** The highest number of visits that can be lost when this pod is killed. */
        long maxLostVisits() {
            return Math.max(0, answeredTotal - storedAtKill);
        }
    }

    /** The highest number of visits that can be lost because of all killed pods. */
    public long maxLostVisits() {
        return podKills.stream().mapToLong(PodKill::maxLostVisits).sum();
    }

    /** All lost and surplus visits. */
    public List<Discrepancy> discrepancies(DualTimestamp now) {
        var discrepancies = new ArrayList<Discrepancy>();
        long missing = missingVisits();
        if (missing > maxLostVisits()) {
            discrepancies.add(new Discrepancy(
                    "Visits lost: %d answered requests are not in the database, and killed pods explain at most %d"
                            .formatted(missing, maxLostVisits()),
                    now));
        }
        for (PodKill podKill : podKills) {
            if (podKill.storedAtKill() < podKill.answeredBefore()) {
                discrepancies.add(new Discrepancy(
                        "Visits lost: %s had answered %d requests two seconds before it was killed, and had stored %d"
                                .formatted(podKill.pod(), podKill.answeredBefore(), podKill.storedAtKill()),
                        podKill.killedAt()));
            }
        }
        stored.forEach((caller, visits) -> {
            long max = answered.getOrDefault(caller, 0L) + unanswered.getOrDefault(caller, 0L);
            if (visits > max) {
                discrepancies.add(new Discrepancy(
                        "Surplus visits: %s sent at most %d requests and has %d visits".formatted(caller, max, visits),
                        now));
            }
        });
        lossLogLines.forEach((line, timestamp) ->
                discrepancies.add(new Discrepancy("Visits lost, according to a pod: " + line, timestamp)));
        return discrepancies;
    }

    /** How many answered requests have no visit in the database. */
    public long missingVisits() {
        return answered.entrySet().stream()
                .mapToLong(caller -> Math.max(0, caller.getValue() - stored.getOrDefault(caller.getKey(), 0L)))
                .sum();
    }
}
