package io.reverser.bench.report;

import java.util.List;

/** What the functions promise, and what came of it. */
public record Objective(String name, double limit, double measured) {

    /** One line for each. */
    public static MarkdownTable table(List<Objective> objectives) {
        return new MarkdownTable(
                List.of("Promise", "Limit", "Measured", ""),
                objectives.stream()
                        .map(objective -> List.of(
                                objective.name(),
                                "≤ " + MarkdownTable.formatNumber(objective.limit()),
                                MarkdownTable.formatNumber(objective.measured()),
                                objective.measured() <= objective.limit() ? "met" : "missed"))
                        .toList());
    }
}
