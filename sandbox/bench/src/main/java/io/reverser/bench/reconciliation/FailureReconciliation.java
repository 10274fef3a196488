package io.reverser.bench.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Checks that every failed HTTP request was in flight when a pod was killed, or was sent shortly after.
 *
 * @param failures all failed requests
 * @param podKills the times at which pods were killed
 */
public record FailureReconciliation(List<Failure> failures, List<DualTimestamp> podKills) {

    /**
     * How long the load balancer may still send requests to a killed pod; the load balancer checks readiness five times
     * a second.
     */
    private static final Duration MAX_DETECTION_TIME = Duration.ofSeconds(2);

    /** A failed HTTP request: when it was sent, by the machine's clock, how long it took, and its error. */
    public record Failure(Instant sentAt, Duration duration, String error) {

        private boolean isExplainedBy(Instant killedAt) {
            return sentAt.isBefore(killedAt.plus(MAX_DETECTION_TIME))
                    && sentAt.plus(duration).isAfter(killedAt);
        }
    }

    /** All failed requests that no killed pod explains. */
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
