package io.reverser.bench.functions;

import io.reverser.bench.Table;
import java.util.List;

/** What the functions promise, and what came of it. */
public record Promise(String what, double limit, double measured) {

    /** One line for each. */
    public static Table table(List<Promise> promises) {
        return new Table(
                List.of("Promise", "Limit", "Measured", ""),
                promises.stream()
                        .map(promise -> List.of(
                                promise.what(),
                                "≤ " + Table.number(promise.limit()),
                                Table.number(promise.measured()),
                                promise.measured() <= promise.limit() ? "met" : "missed"))
                        .toList());
    }
}
