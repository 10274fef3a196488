package io.reverser.bench.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.reconciliation.AlarmReconciliation.AlarmMessage;
import io.reverser.bench.reconciliation.AlarmReconciliation.DeadLetter;
import io.reverser.bench.reconciliation.AlarmReconciliation.StateChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmReconciliationTest {

    private static final Instant NOW = Instant.parse("2026-12-02T10:00:00.250Z");
    private static final StateChange FIRED =
            new StateChange("arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop", "ALARM", NOW);
    private static final StateChange RESOLVED = new StateChange(FIRED.arn(), "OK", NOW.plusSeconds(9));

    @Test
    void acceptsChangesInMessagesAndDigestLines() {
        assertThat(discrepancies(List.of(FIRED, RESOLVED), message(FIRED), message(RESOLVED)))
                .isEmpty();
    }

    @Test
    void reportsAnUnpublishedChange() {
        assertThat(discrepancies(List.of(FIRED, RESOLVED), message(FIRED)))
                .singleElement()
                .asString()
                .contains("Alarm lost: shop became OK", "shows that 0 times instead of 1", "10:00:09");
    }

    /** Digest lines show times in seconds, so two changes within one second need two equal lines. */
    @Test
    void countsDigestLines() {
        var again = new StateChange(FIRED.arn(), "ALARM", NOW.plusMillis(600));
        String line = "🔴 `shop` <!date^%d^{date}|then>\n".formatted(NOW.getEpochSecond());
        assertThat(discrepancies(List.of(FIRED, again), digestReply(line + line)))
                .isEmpty();
        assertThat(discrepancies(List.of(FIRED, again), digestReply(line)))
                .singleElement()
                .asString()
                .contains("shows that 1 times instead of 2");
    }

    @Test
    void acceptsADeadLetterWithAReason() {
        String body = "{\"AlarmName\":\"shop\",\"StateChangeTime\":\"2026-12-02T10:00:00.250+0000\"}";
        assertThat(new AlarmReconciliation(List.of(FIRED), List.of(), List.of(new DeadLetter(body, "invalid_auth")))
                        .discrepancies(new ClockOffsets()))
                .isEmpty();
        assertThat(new AlarmReconciliation(List.of(FIRED), List.of(), List.of(new DeadLetter(body, "")))
                        .discrepancies(new ClockOffsets()))
                .hasSize(2)
                .anySatisfy(
                        discrepancy -> assertThat(discrepancy.description()).contains("Dead letter without a reason"));
    }

    @Test
    void reportsAMessageThatShowsAFiringAlarmWhenAllAreOk() {
        var stale = new AlarmMessage(true, "🔴 *the shop fails*", "", "\"" + FIRED.metadataKey() + "\"");
        var reconciliation =
                new AlarmReconciliation(List.of(FIRED, RESOLVED), List.of(stale, message(RESOLVED)), List.of());
        assertThat(reconciliation.discrepancies(new ClockOffsets())).isEmpty();
        assertThat(reconciliation.discrepanciesWhenAllOk(new ClockOffsets(), new DualTimestamp(NOW, NOW)))
                .singleElement()
                .asString()
                .contains("Update lost", "the shop fails");
    }

    @Test
    void countsDuplicatesWithoutReportingThem() {
        var reconciliation =
                new AlarmReconciliation(List.of(FIRED), List.of(message(FIRED), message(FIRED)), List.of());
        assertThat(reconciliation.discrepancies(new ClockOffsets())).isEmpty();
        assertThat(reconciliation.duplicates()).isEqualTo(1);
    }

    private static List<Discrepancy> discrepancies(List<StateChange> changes, AlarmMessage... messages) {
        return new AlarmReconciliation(changes, List.of(messages), List.of()).discrepancies(new ClockOffsets());
    }

    private static AlarmMessage message(StateChange change) {
        return new AlarmMessage(false, "", "", "{\"dedup_key\":\"" + change.metadataKey() + "\"}");
    }

    private static AlarmMessage digestReply(String lines) {
        return new AlarmMessage(false, "", lines, "{\"dedup_key\":\"fold 1#0 2\"}");
    }
}
