package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.report.Objective;
import org.junit.jupiter.api.Test;

class ReverserObjectivesTest {

    @Test
    void isMetAtItsLimit() {
        assertThat(ReverserObjectives.evaluate(SampleResults.results(5.1, 96_000)))
                .extracting(Objective::verdict)
                .containsExactly("met", "met", "met", "met", "met", "met", "met", "met");
    }

    @Test
    void isMissedJustOverItsLimit() {
        assertThat(ReverserObjectives.evaluate(SampleResults.results(5.0, 95_990)))
                .filteredOn(objective -> objective.verdict().equals("missed"))
                .extracting(Objective::name)
                .containsExactly("Requests/s ÷ raw Vert.x handler's", "CPU per request ÷ raw Vert.x handler's");
    }

    @Test
    void appliesTheMicrosecondObjectiveToFastMachinesOnly() {
        assertThat(ReverserObjectives.evaluate(SampleResults.results(7, 100_000)))
                .filteredOn(objective -> objective.name().equals("CPU per request, µs"))
                .extracting(Objective::verdict)
                .containsExactly("slow machine: raw Vert.x needs over 6.00");
    }
}
