package io.reverser.bench.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.bench.report.MarkdownTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The monthly costs of functions in US dollars: requests, and memory multiplied by duration. At 10 and 1,000 events
 * a month, every event is assumed to be a cold start; at 100,000, every event is assumed to be warm.
 */
final class FunctionCosts {

    private static final List<Integer> COLD_EVENTS = List.of(10, 1_000);
    private static final int WARM_EVENTS = 100_000;
    private static final double MB_PER_GB = 1024;
    private static final double MS_PER_SECOND = 1000;
    private static final double MILLION = 1e6;

    private final double gigabyteSecond;
    private final double request;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Reads the AWS prices in a repository.
     *
     * @throws IOException when {@code cdk/config/prices.yaml} cannot be read
     */
    FunctionCosts(Path repository) throws IOException {
        JsonNode lambda = new YAMLMapper()
                .readTree(repository.resolve("cdk/config/prices.yaml").toFile())
                .required("lambda");
        gigabyteSecond = lambda.required("gb_second").asDouble();
        request = lambda.required("million_requests").asDouble() / MILLION;
    }

    /**
     * Adds the costs of a function.
     *
     * @param scheduled how many times a month a schedule invokes the function
     * @param cold the latency of a cold start, from the start of the process to the response, in ms
     * @param warm the latency of a warm process, from the event to the response, in ms
     */
    void add(String function, int memoryMb, int scheduled, double cold, double warm) {
        rows.add(Stream.concat(
                        Stream.of(function, "%,d".formatted(scheduled), dollars(scheduled, memoryMb, warm)),
                        Stream.concat(
                                COLD_EVENTS.stream().map(events -> dollars(events, memoryMb, cold)),
                                Stream.of(dollars(WARM_EVENTS, memoryMb, warm))))
                .toList());
    }

    MarkdownTable table() {
        return new MarkdownTable(
                List.of("US dollars a month", "Scheduled", "Idle", "10 events", "1,000 events", "100,000 events"),
                rows);
    }

    private String dollars(int events, int memoryMb, double ms) {
        double seconds = events * ms / MS_PER_SECOND;
        double cost = events * request + seconds * memoryMb / MB_PER_GB * gigabyteSecond;
        return String.format(Locale.ROOT, "%.4f", cost);
    }
}
