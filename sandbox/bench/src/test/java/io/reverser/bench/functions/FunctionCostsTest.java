package io.reverser.bench.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionCostsTest {

    @TempDir
    private Path repository;

    /** A function with 1 GB that takes 500 ms when cold and 100 ms when warm, at round prices. */
    @Test
    void addsRequestsAndDurations() throws IOException {
        Files.createDirectories(repository.resolve("cdk/config"));
        Files.writeString(
                repository.resolve("cdk/config/prices.yaml"), "lambda: {gb_second: 0.01, million_requests: 1000}");
        var costs = new FunctionCosts(repository);
        costs.add("swept", 1024, 100, 500, 100);
        assertThat(costs.table().rows())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("swept", "100", "0.2000", "0.0600", "6.0000", "200.0000");
    }

    @Test
    void readsThePricesOfTheRepository() throws IOException {
        var costs = new FunctionCosts(Path.of("../.."));
        costs.add("idle", 1024, 0, 500, 100);
        assertThat(costs.table().rows().getFirst().get(2)).isEqualTo("0.0000");
        assertThat(costs.table().rows().getFirst().get(5)).isEqualTo("0.1533");
    }
}
