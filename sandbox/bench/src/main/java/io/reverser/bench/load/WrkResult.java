package io.reverser.bench.load;

import io.reverser.bench.host.BenchException;
import java.util.regex.Pattern;

/**
 * The result of wrk, parsed from a line that {@code callers.lua} prints.
 *
 * @param sent the number of requests sent, including those in flight at the end
 * @param durationMicros the duration of the load, in microseconds
 * @param p50 the median latency, in microseconds
 * @param p99 the 99th percentile of the latency, in microseconds
 * @param errorResponses the number of responses with a status other than 2xx and 3xx
 * @param failedConnections the number of connections that failed or timed out
 */
public record WrkResult(
        long sent,
        long answered,
        long durationMicros,
        long p50,
        long p99,
        long errorResponses,
        long failedConnections) {

    private static final Pattern RESULT_LINE =
            Pattern.compile("(?m)^sent=(\\d+) answered=(\\d+) duration_us=(\\d+) p50=(\\d+) p99=(\\d+)"
                    + " error_responses=(\\d+) failed_connections=(\\d+)$");

    /** Parses wrk's output. */
    static WrkResult parse(String output) {
        var line = RESULT_LINE.matcher(output);
        if (!line.find()) {
            throw new BenchException("wrk printed no result: " + output.strip());
        }
        return new WrkResult(
                Long.parseLong(line.group(1)),
                Long.parseLong(line.group(2)),
                Long.parseLong(line.group(3)),
                Long.parseLong(line.group(4)),
                Long.parseLong(line.group(5)),
                Long.parseLong(line.group(6)),
                Long.parseLong(line.group(7)));
    }

    public double perSecond() {
        return answered * 1e6 / durationMicros;
    }

    public boolean isClean() {
        return errorResponses == 0 && failedConnections == 0;
    }
}
