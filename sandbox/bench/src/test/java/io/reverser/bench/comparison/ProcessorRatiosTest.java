package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.bench.host.BenchException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProcessorRatiosTest {

    private static final String TABLE = """
            | Processor      | CPU per request ÷ raw Vert.x handler's, best of 3 pairs |
            |----------------|--------------------------------------------------------:|
            | Processor A    |                                                    1.54 |
            | Processor B(R) |                                                    2.06 |
            """;

    @Test
    void readsAndWritesTheTable() {
        assertThat(ProcessorRatios.parse(TABLE).markdown()).isEqualTo(TABLE);
    }

    @Test
    void replacesTheRatioOfAProcessorAndKeepsTheOthers() {
        ProcessorRatios changed = ProcessorRatios.parse(TABLE).with("Processor A", 1.4);
        assertThat(changed.of("Processor A")).isEqualTo(1.4);
        assertThat(changed.of("Processor B(R)")).isEqualTo(2.06);
    }

    @Test
    void allowsTheHighestRatioOnANewProcessor() {
        assertThat(ProcessorRatios.parse(TABLE).of("Processor C")).isEqualTo(2.06);
    }

    @Test
    void rejectsADocumentWithoutRatios() {
        assertThatThrownBy(() -> new ProcessorRatios(new TreeMap<>()).of("Processor A"))
                .isInstanceOf(BenchException.class)
                .hasMessage("docs/performance.md has no ratios by processor: run ./platform bench reverser");
    }
}
