package io.reverser.rotation.rotator.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it captures standard output")
class RotationMetricsTest {

    @Test
    void printsEmbeddedMetricFormat() throws JsonProcessingException {
        var printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            new RotationMetrics("dev", () -> Instant.ofEpochSecond(1))
                    .recordReconciliation(Duration.ofHours(25 * 24 + 12), true);
        } finally {
            System.setOut(out);
        }
        JsonNode line = new ObjectMapper().readTree(printed.toString(StandardCharsets.UTF_8));
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(1000);
        assertThat(directive.path("Namespace").asText()).isEqualTo("Rotation");
        assertThat(directive.at("/Dimensions/0/0").asText()).isEqualTo("Environment");
        assertThat(line.path("Environment").asText()).isEqualTo("dev");
        assertThat(directive.path("Metrics").findValuesAsText("Name"))
                .containsExactly("AgeDays", "Reconciliations", "RotationStuck");
        assertThat(line.path("AgeDays").asDouble()).isEqualTo(25.5);
        assertThat(line.path("Reconciliations").asDouble()).isEqualTo(1);
        assertThat(line.path("RotationStuck").asDouble()).isEqualTo(1);
    }
}
