package io.reverser.bench.soak;

import io.reverser.bench.account.CallBook.Failure;
import io.reverser.runner.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What callers got, from the first request to the last. */
final class Callers {

    private final Map<String, Long> answered = new HashMap<>();
    private final Map<String, Long> unanswered = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final NavigableMap<Long, Second> seconds = new TreeMap<>();

    /**
     * What came of the requests that were sent in a second.
     *
     * @param slowest of those that were answered
     */
    record Second(long answered, long failed, Duration slowest) {

        private static final Second NOTHING = new Second(0, 0, Duration.ZERO);

        private Second with(Traffic.Answer answer) {
            return answer.isGood()
                    ? new Second(answered + 1, failed, slowest.compareTo(answer.took()) > 0 ? slowest : answer.took())
                    : new Second(answered, failed + 1, slowest);
        }
    }

    synchronized void hear(Traffic.Answer answer) {
        (answer.isGood() ? answered : unanswered).merge(answer.caller(), 1L, Long::sum);
        seconds.compute(
                answer.begun().getEpochSecond(),
                (second, before) -> (before == null ? Second.NOTHING : before).with(answer));
        if (!answer.isGood()) {
            failures.add(new Failure(answer.begun(), answer.took(), answer.problem()));
        }
    }

    synchronized Map<String, Long> answered() {
        return Map.copyOf(answered);
    }

    synchronized Map<String, Long> unanswered() {
        return Map.copyOf(unanswered);
    }

    synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** By seconds since then. */
    synchronized NavigableMap<Long, Second> since(Instant begin) {
        var since = new TreeMap<Long, Second>();
        seconds.forEach((second, what) -> since.put(second - begin.getEpochSecond(), what));
        return since;
    }
}
