package io.reverser.bench.soak.observation;

import io.reverser.bench.reconciliation.FailureReconciliation.Failure;
import io.reverser.runner.cluster.LoadGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All responses of the reverser to the load generator's callers. */
public final class ResponseLog {

    private final Map<String, Long> answered = new HashMap<>();
    private final Map<String, Long> unanswered = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final NavigableMap<Long, SecondSummary> seconds = new TreeMap<>();

    /**
     * A summary of the responses to the requests that were sent in one second.
     *
     * @param maxLatency the highest latency of the successful responses
     */
    public record SecondSummary(long answered, long failed, Duration maxLatency) {

        private static final SecondSummary EMPTY = new SecondSummary(0, 0, Duration.ZERO);

        private SecondSummary plus(LoadGenerator.Result result) {
            return result.isSuccess()
                    ? new SecondSummary(
                            answered + 1,
                            failed,
                            maxLatency.compareTo(result.duration()) > 0 ? maxLatency : result.duration())
                    : new SecondSummary(answered, failed + 1, maxLatency);
        }
    }

    public synchronized void record(LoadGenerator.Result result) {
        (result.isSuccess() ? answered : unanswered).merge(result.caller(), 1L, Long::sum);
        seconds.compute(
                result.sentAt().getEpochSecond(),
                (second, before) -> (before == null ? SecondSummary.EMPTY : before).plus(result));
        if (!result.isSuccess()) {
            failures.add(new Failure(result.sentAt(), result.duration(), result.error()));
        }
    }

    public synchronized Map<String, Long> answered() {
        return Map.copyOf(answered);
    }

    synchronized Map<String, Long> unanswered() {
        return Map.copyOf(unanswered);
    }

    synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** The summaries of all seconds, by the number of seconds since the given time. */
    public synchronized NavigableMap<Long, SecondSummary> since(Instant begin) {
        var since = new TreeMap<Long, SecondSummary>();
        seconds.forEach((second, summary) -> since.put(second - begin.getEpochSecond(), summary));
        return since;
    }
}
