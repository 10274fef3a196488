package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.RotationReconciliation.FinalState;
import io.reverser.bench.reconciliation.RotationReconciliation.Rotation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationReconciliationTest {

    private static final Instant NOW = Instant.parse("2026-12-06T01:00:01Z");
    private static final Rotation COMPLETED = new Rotation("one", NOW, Optional.of("COMPLETED"));
    private static final Rotation ROLLED_BACK = new Rotation("two", NOW.plusSeconds(60), Optional.of("ROLLED_BACK"));
    private static final List<String> MESSAGES = List.of("The password has changed", "The password was rolled back");
    private static final FinalState GOOD_STATE = new FinalState(true, true, false, List.of(), 0);

    @Test
    void acceptsCompletedAndRolledBackRotations() {
        assertThat(discrepancies(2, List.of(COMPLETED, ROLLED_BACK), MESSAGES, GOOD_STATE))
                .isEmpty();
    }

    @Test
    void reportsAnUnfinishedRotation() {
        assertThat(discrepancies(1, List.of(new Rotation("one", NOW, Optional.empty())), MESSAGES, GOOD_STATE))
                .singleElement()
                .asString()
                .contains("Rotation lost: one started and did not finish", "2026-12-06 01:00:01");
    }

    @Test
    void reportsARotationThatNeverStarted() {
        assertThat(discrepancies(3, List.of(COMPLETED, ROLLED_BACK), MESSAGES, GOOD_STATE))
                .singleElement()
                .asString()
                .contains("2 of 3 started");
    }

    @Test
    void reportsARotationWithoutAMessage() {
        assertThat(discrepancies(2, List.of(COMPLETED, ROLLED_BACK), MESSAGES.subList(0, 1), GOOD_STATE))
                .singleElement()
                .asString()
                .contains("0 of 1 as rolled back");
    }

    @Test
    void reportsEachWrongCredentialAtTheEnd() {
        var wrong = new FinalState(false, true, true, List.of("pod-1"), 4);
        assertThat(discrepancies(1, List.of(COMPLETED), MESSAGES, wrong).stream()
                        .map(Discrepancy::description))
                .containsExactly(
                        "Password lost: the database rejects AWSCURRENT",
                        "The database still accepts AWSPREVIOUS",
                        "AWSPENDING is still attached to a version other than AWSCURRENT",
                        "pod-1 does not use AWSCURRENT",
                        "The database denied pods' logins 4 times");
    }

    private static List<Discrepancy> discrepancies(
            int requested, List<Rotation> rotations, List<String> messages, FinalState finalState) {
        return new RotationReconciliation(requested, rotations, messages, finalState)
                .discrepancies(new ClockOffsets(), new DualTimestamp(NOW, NOW));
    }
}
