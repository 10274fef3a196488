package io.reverser.bench.comparison;

import io.reverser.bench.host.BenchException;
import io.reverser.bench.report.MarkdownTable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reverser's CPU time per request as a multiple of the raw Vert.x handler's, for each processor on which the
 * benchmark ran.
 *
 * @param ratios the results of {@link CpuPairs} by the name of the processor
 */
public record ProcessorRatios(SortedMap<String, Double> ratios) {

    /** The generated section of {@code docs/performance.md} with the ratios. */
    public static final String SECTION = "ratios by processor";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+?) +\\| +([0-9.]+) \\|$");

    /** Makes the map immutable. */
    public ProcessorRatios {
        ratios = Collections.unmodifiableSortedMap(new TreeMap<>(ratios));
    }

    /** Reads the table that {@link #markdown} made. */
    public static ProcessorRatios parse(String section) {
        return new ProcessorRatios(ROW.matcher(section)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), ProcessorRatios::ratio, (first, second) -> second, TreeMap::new)));
    }

    /** These ratios, with a new one for a processor. */
    public ProcessorRatios with(String processor, double ratio) {
        var changed = new TreeMap<>(ratios);
        changed.put(processor, ratio);
        return new ProcessorRatios(changed);
    }

    /** The ratio that was measured on a processor, or the highest ratio if the benchmark never ran on it. */
    double of(String processor) {
        if (ratios.isEmpty()) {
            throw new BenchException("docs/performance.md has no " + SECTION + ": run ./platform bench reverser");
        }
        return ratios.getOrDefault(processor, Collections.max(ratios.values()));
    }

    public String markdown() {
        return new MarkdownTable(
                        List.of("Processor", ReverserObjectives.PAIRED_CPU_RATIO),
                        ratios.entrySet().stream()
                                .map(row -> List.of(row.getKey(), MarkdownTable.formatNumber(row.getValue())))
                                .toList())
                .markdown();
    }

    private static double ratio(MatchResult row) {
        return Double.parseDouble(row.group(2));
    }
}
