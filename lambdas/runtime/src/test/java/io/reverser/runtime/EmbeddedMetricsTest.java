package io.reverser.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class EmbeddedMetricsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1);

    @Test
    void formatsValuesWithDimensions() {
        var metrics = new EmbeddedMetrics("Rotation", Map.of("Environment", "dev"));

        assertThat(metrics.format(Map.of("Reconciliations", 1, "AgeDays", 25.5), NOW))
                .isEqualTo("""
                        {"_aws":{"Timestamp":1000,"CloudWatchMetrics":[{"Namespace":"Rotation",\
                        "Dimensions":[["Environment"]],"Metrics":[{"Name":"AgeDays"},{"Name":"Reconciliations"}]}]},\
                        "Environment":"dev","AgeDays":25.5,"Reconciliations":1}""");
    }

    @Test
    void formatsValuesWithoutDimensions() {
        var metrics = new EmbeddedMetrics("Alarms", Map.of());

        assertThat(metrics.format(Map.of("Delivered", 3), NOW)).isEqualTo("""
                        {"_aws":{"Timestamp":1000,"CloudWatchMetrics":[{"Namespace":"Alarms",\
                        "Dimensions":[[]],"Metrics":[{"Name":"Delivered"}]}]},"Delivered":3}""");
    }
}
