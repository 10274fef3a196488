package io.reverser.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

    @Test
    void marksMissedObjectives() {
        assertThat(Objective.table(List.of(Objective.atMost("One", 10, 9.9), Objective.atMost("Other", 10, 10.1)))
                        .markdown())
                .contains("9.90 |    met |", "10.1 | missed |");
    }

    @Test
    void isMetAtItsLimit() {
        assertThat(List.of(Objective.atMost("Most", 10, 10), Objective.atLeast("Least", 10, 10)))
                .extracting(Objective::verdict)
                .containsOnly("met");
    }
}
