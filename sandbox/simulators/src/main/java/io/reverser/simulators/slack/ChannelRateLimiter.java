package io.reverser.simulators.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rate limit for messages in a Slack channel: one message per second, with bursts of up to five.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">Rate limits</a>
 */
public final class ChannelRateLimiter {

    private static final int BURST = 5;

    private final InstantSource clock;
    private final Map<String, Double> debt = new HashMap<>();
    private final Map<String, Instant> lastCalls = new HashMap<>();
    private final List<ChannelCall> calls = new ArrayList<>();
    private int rejected;

    ChannelRateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** A call that posts a message to a channel or changes a message in it. */
    public record ChannelCall(String channel, String method, Instant at) {}

    /** All calls so far that post or change messages, including rejected calls, oldest first. */
    public synchronized List<ChannelCall> calls() {
        return List.copyOf(calls);
    }

    /** The number of calls that were rejected because of the rate limit. */
    public synchronized int rejectedCount() {
        return rejected;
    }

    synchronized boolean tryAcquire(String channel, String method) {
        Instant now = clock.instant();
        calls.add(new ChannelCall(channel, method, now));
        double since = lastCalls.containsKey(channel)
                ? Duration.between(lastCalls.getOrDefault(channel, now), now).toMillis() / 1000.0
                : BURST;
        double owed = Math.max(0, debt.getOrDefault(channel, 0.0) - Math.max(0, since));
        lastCalls.put(channel, now);
        boolean allowed = owed + 1 <= BURST;
        rejected += allowed ? 0 : 1;
        debt.put(channel, allowed ? owed + 1 : owed);
        return allowed;
    }
}
