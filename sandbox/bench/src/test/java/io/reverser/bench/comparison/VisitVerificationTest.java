package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VisitVerificationTest {

    @Test
    void acceptsCorrectVisitsOfAllAddresses() {
        assertThat(differences(Map.of("198.18.0.0", 2L), Map.of("198.18.0.0", 2L)))
                .isEmpty();
    }

    @Test
    void reportsMissingDuplicateAndUnknownVisits() {
        assertThat(differences(
                        Map.of("198.18.0.0", 2L, "198.18.0.1", 2L, "198.18.0.2", 2L),
                        Map.of("198.18.0.0", 1L, "198.18.0.1", 3L, "198.18.0.9", 1L)))
                .containsExactly(
                        "198.18.0.0 has 1 instead of 2",
                        "198.18.0.1 has 3 instead of 2",
                        "198.18.0.2 has 0 instead of 2",
                        "198.18.0.9 has 1 instead of 0");
    }

    private static Iterable<String> differences(Map<String, Long> expected, Map<String, Long> stored) {
        return VisitVerification.differences(new TreeMap<>(expected), new TreeMap<>(stored));
    }
}
