package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.bench.host.BenchException;
import org.junit.jupiter.api.Test;

class RegressionCheckTest {

    @Test
    void readsTheRatioFromTheReport() {
        String report = new BenchReport(
                        SampleResults.results(5.5, 98_000), SampleResults.MACHINE, SampleResults.VERSIONS)
                .markdown();
        assertThat(RegressionCheck.documentedRatio(report)).isEqualTo(1.79);
    }

    @Test
    void rejectsADocumentWithoutTheRatio() {
        assertThatThrownBy(() -> RegressionCheck.documentedRatio("| CPU per request | ≤ 2.00 | 1.85 | met |"))
                .isInstanceOf(BenchException.class)
                .hasMessage("docs/performance.md has no row CPU per request ÷ raw Vert.x handler's, best of 3 pairs");
    }
}
