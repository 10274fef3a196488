package io.reverser.alarms.notifier.cloudwatch;

import io.reverser.runtime.EmbeddedMetrics;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the function did, as CloudWatch metrics in its log. */
public final class DeliveryMetrics {

    private static final EmbeddedMetrics METRICS = new EmbeddedMetrics("Alarms", Map.of());

    private final Map<DeliveryCounter, Integer> counts = new EnumMap<>(DeliveryCounter.class);

    /** What is counted. */
    public enum DeliveryCounter {
        /** Changes posted to Slack. */
        DELIVERED("Delivered"),
        /** Changes posted in a digest; they count as delivered, too. */
        FOLDED("Folded"),
        /** SQS messages that become visible again later, because of Slack's rate limit or another publisher's lease. */
        DEFERRED("Deferred"),
        /** SQS messages whose change was already posted. */
        DUPLICATE("Duplicate"),
        /** Changes posted in the default channel, because their own channel accepts no messages. */
        FALLBACK_CHANNEL("FallbackChannel"),
        /** Changes sent to the dead-letter queue. */
        FAILED("Failed"),
        /** Changes posted without the outbox, because the table was unavailable. */
        NOT_STORED("NotStored"),
        /** Alarms routed without tags, because the look-up failed. */
        TAGS_UNKNOWN("TagsUnknown"),
        /** Messages without a graph. */
        GRAPH_FAILED("GraphFailed");

        private final String metric;

        DeliveryCounter(String metric) {
            this.metric = metric;
        }
    }

    public synchronized void count(DeliveryCounter what, int times) {
        counts.merge(what, times, Integer::sum);
    }

    /** Writes all counters and resets them, if anything was counted. */
    public synchronized void flush(Instant now) {
        if (!counts.isEmpty()) {
            var values = new TreeMap<String, Integer>();
            for (DeliveryCounter counter : DeliveryCounter.values()) {
                values.put(counter.metric, counts.getOrDefault(counter, 0));
            }
            METRICS.emit(values, now);
            counts.clear();
        }
    }
}
