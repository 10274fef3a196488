package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    @Test
    void takesMediansAndThePeakMemory() {
        var rounds = List.of(new Round(90, 9, 3, 30, 150), new Round(80, 8, 1, 10, 170), new Round(10, 70, 2, 99, 160));
        assertThat(Measurements.of(List.of(500.0, 900.0, 400.0), rounds))
                .isEqualTo(new Measurements(500, new Round(80, 9, 2, 30, 170)));
    }

    @Test
    void takesTheMeanOfTheTwoMiddleValues() {
        assertThat(Measurements.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }
}
