package io.reverser.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table that is readable as plain text and is valid Markdown; the first column is left-aligned, all other columns are
 * right-aligned.
 */
public record MarkdownTable(List<String> header, List<List<String>> rows) {

    /** The table as Markdown text. */
    public String markdown() {
        return row(header) + separator() + rows.stream().map(this::row).collect(Collectors.joining());
    }

    /** Formats a number with three significant digits, or with all digits of its integer part if these are more. */
    public static String formatNumber(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private String row(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> {
                    String padding =
                            " ".repeat(width(column) - cells.get(column).length());
                    return column == 0 ? cells.get(column) + padding : padding + cells.get(column);
                })
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private String separator() {
        return IntStream.range(0, header.size())
                .mapToObj(column -> "-".repeat(width(column) + 1) + (column == 0 ? "-" : ":"))
                .collect(Collectors.joining("|", "|", "|\n"));
    }

    private int width(int column) {
        return Stream.concat(Stream.of(header), rows.stream())
                .mapToInt(cells -> cells.get(column).length())
                .max()
                .orElseThrow();
    }
}
