package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.VisitReconciliation.PodKill;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisitReconciliationTest {

    private static final DualTimestamp NOW = new DualTimestamp(Instant.EPOCH, Instant.EPOCH);

    @Test
    void acceptsAVisitForEachResponse() {
        assertThat(reconciliation(Map.of("a", 3L), Map.of("a", 3L)).discrepancies(NOW))
                .isEmpty();
    }

    @Test
    void reportsVisitsMissingInTheDatabase() {
        assertThat(reconciliation(Map.of("a", 3L, "b", 2L), Map.of("a", 3L)).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("2 answered requests are not in the database");
    }

    @Test
    void reportsVisitsWithoutARequest() {
        assertThat(reconciliation(Map.of("a", 3L), Map.of("a", 4L)).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("a sent at most 3 requests and has 4 visits");
    }

    /** The reverser may have counted the request before the connection failed. */
    @Test
    void acceptsAVisitForAFailedRequest() {
        var reconciliation =
                new VisitReconciliation(Map.of("a", 3L), Map.of("a", 1L), Map.of("a", 4L), List.of(), Map.of());
        assertThat(reconciliation.discrepancies(NOW)).isEmpty();
    }

    @Test
    void acceptsLossesOfAKilledPodUpToItsUnstoredVisits() {
        var podKill = new PodKill("pod", NOW, 90, 95, 100);
        assertThat(withLostVisits(5, podKill).discrepancies(NOW)).isEmpty();
        assertThat(withLostVisits(6, podKill).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("killed pods explain at most 5");
    }

    @Test
    void reportsAPodThatStoredTooLate() {
        assertThat(withLostVisits(10, new PodKill("pod", NOW, 91, 90, 100)).discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("pod had answered 91 requests two seconds before it was killed, and had stored 90");
    }

    @Test
    void reportsLossesThatAStoppedPodLogged() {
        var reconciliation = new VisitReconciliation(
                Map.of(), Map.of(), Map.of(), List.of(), Map.of("Stopped with the visits of 3", NOW));
        assertThat(reconciliation.discrepancies(NOW))
                .singleElement()
                .asString()
                .contains("Stopped with the visits of 3");
    }

    private static VisitReconciliation withLostVisits(long visits, PodKill podKill) {
        return new VisitReconciliation(
                Map.of("a", 100L), Map.of(), Map.of("a", 100 - visits), List.of(podKill), Map.of());
    }

    private static VisitReconciliation reconciliation(Map<String, Long> answered, Map<String, Long> stored) {
        return new VisitReconciliation(answered, Map.of(), stored, List.of(), Map.of());
    }
}
