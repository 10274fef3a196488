package io.reverser.bench.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Compares every failed request with the faults that explain it: the kill of the pod that handled it.
 *
 * @param failures with the time of sending, by the machine's clock, and the duration
 * @param podKills times at which pods were killed
 */
public record FailureReconciliation(List<Failure> failures, List<DualTimestamp> podKills) {

    /** How long a killed pod may still get requests: the load balancer checks readiness five times a second. */
    private static final Duration MAX_DETECTION_TIME = Duration.ofSeconds(2);

    /** A failed request and its error. */
    public record Failure(Instant sentAt, Duration duration, String error) {

        private boolean isExplainedBy(Instant killedAt) {
            return sentAt.isBefore(killedAt.plus(MAX_DETECTION_TIME))
                    && sentAt.plus(duration).isAfter(killedAt);
        }
    }

    /** All discrepancies. */
    public List<Discrepancy> discrepancies(ClockOffsets clockOffsets) {
        return failures.stream()
                .filter(failure -> !isExplained(failure))
                .map(failure -> new Discrepancy(
                        "Request failed, after %d ms: %s"
                                .formatted(failure.duration().toMillis(), failure.error()),
                        clockOffsets.fromWall(failure.sentAt())))
                .toList();
    }

    private boolean isExplained(Failure failure) {
        return podKills.stream().anyMatch(podKill -> failure.isExplainedBy(podKill.wall()));
    }
}
