package io.reverser.bench.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Every request that got no good answer against the faults that explain one: the end of the pod that it was at.
 *
 * @param failures when each was sent, by the machine's clock, and how long it took
 * @param podKills when pods were killed
 */
public record FailureReconciliation(List<Failure> failures, List<DualTimestamp> podKills) {

    /** How long a killed pod may still be sent something: it is looked at five times a second. */
    private static final Duration MAX_DETECTION_TIME = Duration.ofSeconds(2);

    /** A request without a good answer, and what was wrong with that. */
    public record Failure(Instant sentAt, Duration duration, String error) {

        private boolean isExplainedBy(Instant killedAt) {
            return sentAt.isBefore(killedAt.plus(MAX_DETECTION_TIME))
                    && sentAt.plus(duration).isAfter(killedAt);
        }
    }

    /** Everything that is wrong. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets) {
        return failures.stream()
                .filter(failure -> !isExplained(failure))
                .map(failure -> new Discrepancy(
                        "Request not answered, after %d ms: %s"
                                .formatted(failure.duration().toMillis(), failure.error()),
                        clockOffsets.fromWall(failure.sentAt())))
                .toList();
    }

    private boolean isExplained(Failure failure) {
        return podKills.stream().anyMatch(podKill -> failure.isExplainedBy(podKill.wall()));
    }
}
