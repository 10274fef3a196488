package io.reverser.rotation.rotator.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationMetricsTest {

    @Test
    void isALineThatCloudWatchReads() throws JsonProcessingException {
        var metrics = new RotationMetrics("dev", () -> Instant.ofEpochSecond(1));
        JsonNode line = new ObjectMapper().readTree(metrics.formatEmf(Map.of("Reconciliations", 1.0, "AgeDays", 25.5)));
        JsonNode about = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(1000);
        assertThat(about.path("Namespace").asText()).isEqualTo("Rotation");
        assertThat(about.at("/Dimensions/0/0").asText()).isEqualTo("Environment");
        assertThat(line.path("Environment").asText()).isEqualTo("dev");
        assertThat(about.path("Metrics").findValuesAsText("Name")).containsExactly("AgeDays", "Reconciliations");
        assertThat(line.path("AgeDays").asDouble()).isEqualTo(25.5);
    }
}
