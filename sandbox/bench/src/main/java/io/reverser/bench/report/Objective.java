package io.reverser.bench.report;

import java.util.List;

/**
 * A limit and what was measured, both in words.
 *
 * @param verdict met, missed, or why it cannot be told
 */
public record Objective(String name, String limit, String measured, String verdict) {

    /** One that is met by no more than so much. */
    public static Objective atMost(String name, double limit, double measured) {
        return compare(name, "≤ ", limit, measured, measured <= limit);
    }

    /** One that is met by no less than so much. */
    public static Objective atLeast(String name, double limit, double measured) {
        return compare(name, "≥ ", limit, measured, measured >= limit);
    }

    /** One line for each. */
    public static MarkdownTable table(List<Objective> objectives) {
        return new MarkdownTable(
                List.of("Promise", "Limit", "Measured", ""),
                objectives.stream()
                        .map(objective ->
                                List.of(objective.name(), objective.limit(), objective.measured(), objective.verdict()))
                        .toList());
    }

    private static Objective compare(String name, String relation, double limit, double measured, boolean isMet) {
        return new Objective(
                name,
                relation + MarkdownTable.formatNumber(limit),
                MarkdownTable.formatNumber(measured),
                isMet ? "met" : "missed");
    }
}
