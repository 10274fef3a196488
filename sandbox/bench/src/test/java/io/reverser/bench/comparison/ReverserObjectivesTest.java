package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.bench.report.Objective;
import io.reverser.bench.server.ServerVariant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReverserObjectivesTest {

    @Test
    void isMetAtItsLimit() {
        assertThat(promises(SampleResults.results(10.2 / 1.9, 96_000)))
                .extracting(Objective::verdict)
                .hasSize(14)
                .containsOnly("met");
    }

    @Test
    void isMissedJustOverItsLimit() {
        assertThat(promises(SampleResults.results(5.3, 95_990)))
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

    @Test
    void comparesWithGoOnlyWhereGoWasMeasured() {
        var results = SampleResults.results(5.5, 98_000);
        results.measurements().remove(ServerVariant.GO);
        assertThat(ReverserObjectives.evaluate(results))
                .extracting(Objective::name)
                .noneMatch(name -> name.contains("Go"));
    }

    /** The objectives without the aims, which may be missed. */
    private static List<Objective> promises(Results results) {
        return ReverserObjectives.evaluate(results).stream()
                .filter(objective -> !objective.name().endsWith(", aim"))
                .toList();
    }
}
