package io.reverser.bench.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Every request that got no good answer against the faults that explain one: the end of the pod that it was at.
 *
 * @param failures when each was sent, by the machine's clock, and how long it took
 * @param deaths when pods were killed
 */
public record CallBook(List<Failure> failures, List<Moment> deaths) {

    /** How long a killed pod may still be sent something: it is looked at five times a second. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    /** A request without a good answer, and what was wrong with that. */
    public record Failure(Instant begun, Duration took, String problem) {

        private boolean isExplainedBy(Instant death) {
            return begun.isBefore(death.plus(NOTICED)) && begun.plus(took).isAfter(death);
        }
    }

    /** Everything that is wrong. */
    public List<Loss> losses(Clocks clocks) {
        return failures.stream()
                .filter(failure -> !isExplained(failure))
                .map(failure -> new Loss(
                        "Request not answered, after %d ms: %s"
                                .formatted(failure.took().toMillis(), failure.problem()),
                        clocks.wall(failure.begun())))
                .toList();
    }

    private boolean isExplained(Failure failure) {
        return deaths.stream().anyMatch(death -> failure.isExplainedBy(death.wall()));
    }
}
