package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.FailureReconciliation.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureReconciliationTest {

    private static final Instant KILLED = Instant.parse("2026-11-25T07:00:00Z");

    @Test
    void acceptsAFailedRequestAtAKilledPod() {
        assertThat(discrepancies(new Failure(KILLED.minusMillis(300), Duration.ofMillis(310), "HTTP 502")))
                .isEmpty();
        assertThat(discrepancies(new Failure(KILLED.plusMillis(150), Duration.ofMillis(2), "HTTP 502")))
                .isEmpty();
    }

    @Test
    void reportsEveryOtherFailedRequest() {
        assertThat(discrepancies(
                        new Failure(KILLED.minusMillis(300), Duration.ofMillis(290), "HTTP 502"),
                        new Failure(KILLED.plusSeconds(3), Duration.ofMillis(2), "HTTP 502")))
                .hasSize(2)
                .allSatisfy(
                        discrepancy -> assertThat(discrepancy.description()).contains("Request failed", "HTTP 502"));
    }

    private static List<Discrepancy> discrepancies(Failure... failures) {
        return new FailureReconciliation(List.of(failures), List.of(new DualTimestamp(KILLED, KILLED)))
                .discrepancies(new ClockOffsets());
    }
}
