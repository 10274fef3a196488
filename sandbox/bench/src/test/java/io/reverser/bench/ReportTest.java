package io.reverser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void isReadableAsTextAndAsMarkdown() {
        assertThat(new Report(Runs.with(5.5, 98_000), Runs.MACHINE, Runs.TOOLS).markdown())
                .isEqualTo("");
    }
}
