package io.reverser.bench.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void findsTheMiddleTheLongestAndWhatMostDoNotExceed() {
        var times = new Times(
                IntStream.rangeClosed(1, 100).mapToObj(ms -> 101.0 - ms).toList());
        assertThat(times.median()).isEqualTo(50);
        assertThat(times.percentile(99)).isEqualTo(99);
        assertThat(times.longest()).isEqualTo(100);
        assertThat(new Times(List.of(7.0)).percentile(99)).isEqualTo(7);
    }

    @Test
    void saysWhatWasMissed() {
        assertThat(Promise.table(List.of(new Promise("One", 10, 9.9), new Promise("Other", 10, 10.1)))
                        .markdown())
                .contains("9.90 |    met |", "10.1 | missed |");
    }
}
