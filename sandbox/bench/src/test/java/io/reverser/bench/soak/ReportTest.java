package io.reverser.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.Machine;
import io.reverser.bench.account.Loss;
import io.reverser.bench.account.Moment;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Machine MACHINE =
            new Machine(2, "some processor", "Linux", "JDK 25", 0.5, LocalDate.of(2026, 11, 25));

    @Test
    void saysWhatWasDoneWhatWentWrongAndWhatWasLost() {
        String report = new Report(Soaks.with(), MACHINE).markdown();
        assertThat(report)
                .startsWith("Seed 7; 20:00 min")
                .containsPattern("requests that were answered.*\\| +24,000 \\| +0 \\|")
                .containsPattern("rotations, each over or taken back.*\\| +1 \\| +0 \\| +1 changed the password")
                .containsPattern("alarm: rings +\\| +12 \\|")
                .containsPattern("killed: reverser pod +\\| +1 \\|")
                .containsPattern("alarms-1 +\\| +2 \\| +180 → 180 \\| +26 → 26 \\| +4 → 4 \\|")
                .contains("50 % of the machine in use by others")
                .doesNotContain("\n\n\n");
        assertThat(Soaks.with().losses()).isEmpty();
    }

    @Test
    void saysEachLossWithBothTimes() {
        var loss = new Loss("Something is lost", new Moment(Soaks.BEGUN, Soaks.BEGUN.plusSeconds(3600)));
        assertThat(new Report(Soaks.with(loss), MACHINE).markdown())
                .contains("\n\n- Something is lost, at 07:00:00 (simulated Wed 2026-11-25 08:00:00)\n\n");
        assertThat(Soaks.with(loss).losses()).containsExactly(loss);
    }
}
