package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReverserObjectiveTest {

    @Test
    void isMetAtItsLimit() {
        assertThat(ReverserObjective.evaluate(SampleResults.results(5.1, 96_000)))
                .extracting(ReverserObjective::verdict)
                .containsExactly("met", "met", "met", "met", "met", "met", "met", "met");
    }

    @Test
    void isMissedJustPastItsLimit() {
        assertThat(ReverserObjective.evaluate(SampleResults.results(5.0, 95_990)))
                .filteredOn(objective -> objective.verdict().equals("missed"))
                .extracting(ReverserObjective::name)
                .containsExactly("Requests/s ÷ raw Vert.x handler's", "CPU per request ÷ raw Vert.x handler's");
    }

    @Test
    void inMicrosecondsIsForFastMachines() {
        assertThat(ReverserObjective.evaluate(SampleResults.results(7, 100_000)))
                .filteredOn(objective -> objective.name().equals("CPU per request, µs"))
                .extracting(ReverserObjective::verdict)
                .containsExactly("slow machine: raw Vert.x needs over 6.00");
    }
}
