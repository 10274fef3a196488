package io.reverser.bench;

import java.util.regex.Pattern;

/**
 * What wrk saw of a load; the line that it is read from is written by {@code callers.lua}.
 *
 * @param sent includes the requests that were on their way when the time was over
 * @param microseconds how long it took
 * @param p50 in microseconds
 * @param p99 in microseconds
 * @param refused answers that were not 2xx or 3xx
 * @param broken connections that failed or timed out
 */
record Load(long sent, long answered, long microseconds, long p50, long p99, long refused, long broken) {

    private static final Pattern LINE = Pattern.compile(
            "(?m)^sent=(\\d+) answered=(\\d+) microseconds=(\\d+) p50=(\\d+) p99=(\\d+) refused=(\\d+) broken=(\\d+)$");

    /** Reads wrk's output. */
    static Load parse(String output) {
        var line = LINE.matcher(output);
        if (!line.find()) {
            throw new BenchFailure("wrk did not measure: " + output.strip());
        }
        return new Load(
                Long.parseLong(line.group(1)),
                Long.parseLong(line.group(2)),
                Long.parseLong(line.group(3)),
                Long.parseLong(line.group(4)),
                Long.parseLong(line.group(5)),
                Long.parseLong(line.group(6)),
                Long.parseLong(line.group(7)));
    }

    double perSecond() {
        return answered * 1e6 / microseconds;
    }

    boolean isClean() {
        return refused == 0 && broken == 0;
    }
}
