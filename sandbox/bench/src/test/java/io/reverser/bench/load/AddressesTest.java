package io.reverser.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void coversTheBenchmarkRange() {
        var addresses = new Addresses(1 << 17);
        assertThat(addresses.get(0)).isEqualTo("198.18.0.0");
        assertThat(addresses.get(256)).isEqualTo("198.18.1.0");
        assertThat(addresses.get(addresses.size() - 1)).isEqualTo("198.19.255.255");
    }

    @Test
    void hasNoDuplicates() {
        assertThat(new Addresses(30_000).all()).hasSize(30_000).doesNotHaveDuplicates();
    }

    @Test
    void countsTheRequestsOfEachAddress() {
        assertThat(new Addresses(3).expectedVisits(7))
                .isEqualTo(Map.of("198.18.0.0", 3L, "198.18.0.1", 2L, "198.18.0.2", 2L));
        assertThat(new Addresses(3).expectedVisits(2)).isEqualTo(Map.of("198.18.0.0", 1L, "198.18.0.1", 1L));
    }

    @Test
    void rejectsMoreAddressesThanTheRangeHas() {
        assertThatThrownBy(() -> new Addresses((1 << 17) + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
