package io.reverser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void isMetAtItsLimit() {
        assertThat(Target.of(Runs.with(5.1, 96_000)))
                .extracting(Target::verdict)
                .containsExactly("met", "met", "met", "met", "met", "met", "met", "met");
    }

    @Test
    void isMissedJustPastItsLimit() {
        assertThat(Target.of(Runs.with(5.0, 95_990)))
                .filteredOn(target -> target.verdict().equals("missed"))
                .extracting(Target::promise)
                .containsExactly("Requests/s ÷ raw Vert.x handler's", "CPU per request ÷ raw Vert.x handler's");
    }

    @Test
    void inMicrosecondsIsForFastMachines() {
        assertThat(Target.of(Runs.with(7, 100_000)))
                .filteredOn(target -> target.promise().equals("CPU per request, µs"))
                .extracting(Target::verdict)
                .containsExactly("slow machine: raw Vert.x needs over 6.00");
    }
}
