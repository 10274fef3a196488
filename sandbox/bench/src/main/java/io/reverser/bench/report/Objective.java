package io.reverser.bench.report;

import java.util.List;

/**
 * A performance objective, with its limit and the measured value as text.
 *
 * @param verdict whether the objective was met or missed, or why it does not apply
 */
public record Objective(String name, String limit, String measured, String verdict) {

    /** An objective with an upper limit. */
    public static Objective atMost(String name, double limit, double measured) {
        return compare(name, "≤ ", limit, measured, measured <= limit);
    }

    /** An objective with a lower limit. */
    public static Objective atLeast(String name, double limit, double measured) {
        return compare(name, "≥ ", limit, measured, measured >= limit);
    }

    /** A table with a row for each objective. */
    public static MarkdownTable table(List<Objective> objectives) {
        return new MarkdownTable(
                List.of("Objective", "Limit", "Measured", ""),
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
