package io.reverser.bench.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.host.MachineInfo;
import io.reverser.bench.reconciliation.Discrepancy;
import io.reverser.bench.reconciliation.DualTimestamp;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final MachineInfo MACHINE =
            new MachineInfo(2, "some processor", "Linux", "JDK 25", 0.5, LocalDate.of(2026, 11, 25));

    @Test
    void reportsActionsFaultsAndLosses() {
        String report = new SoakReport(SampleSoakResult.resultWith(), MACHINE).markdown();
        assertThat(report)
                .startsWith("Seed 7; 20:00 min")
                .containsPattern("answered requests.*\\| +24,000 \\| +0 \\|")
                .containsPattern("rotations, each completed or rolled back.*\\| +1 \\| +0 \\| +1 changed the password")
                .containsPattern("alarm: fires +\\| +12 \\|")
                .containsPattern("killed: reverser pod +\\| +1 \\|")
                .containsPattern("alarms-1 +\\| +2 \\| +180 → 180 \\| +26 → 26 \\| +4 → 4 \\|")
                .contains("other processes used 50 % of the CPU time")
                .doesNotContain("\n\n\n");
        assertThat(SampleSoakResult.resultWith().discrepancies()).isEmpty();
    }

    @Test
    void reportsEachLossWithBothTimes() {
        var discrepancy = new Discrepancy(
                "Something is lost",
                new DualTimestamp(SampleSoakResult.STARTED_AT, SampleSoakResult.STARTED_AT.plusSeconds(3600)));
        assertThat(new SoakReport(SampleSoakResult.resultWith(discrepancy), MACHINE).markdown())
                .contains("\n\n- Something is lost, at 07:00:00 (simulated Wed 2026-11-25 08:00:00)\n\n");
        assertThat(SampleSoakResult.resultWith(discrepancy).discrepancies()).containsExactly(discrepancy);
    }
}
