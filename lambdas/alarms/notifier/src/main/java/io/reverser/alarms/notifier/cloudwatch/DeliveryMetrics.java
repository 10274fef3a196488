package io.reverser.alarms.notifier.cloudwatch;

import io.reverser.runtime.EmbeddedMetrics;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts deliveries and failures. The function writes the counts to its log as CloudWatch metrics. */
public final class DeliveryMetrics {

    private static final EmbeddedMetrics METRICS = new EmbeddedMetrics("Alarms", Map.of());

    private final Map<DeliveryCounter, Integer> counts = new EnumMap<>(DeliveryCounter.class);

    /** The counters; each is a CloudWatch metric. */
    public enum DeliveryCounter {
        /** State changes posted to Slack. */
        DELIVERED("Delivered"),
        /** State changes posted in a digest; each also counts as delivered. */
        FOLDED("Folded"),
        /** SQS messages that become visible again later, because of Slack's rate limit or another publisher's lease. */
        DEFERRED("Deferred"),
        /** SQS messages whose state change was already posted. */
        DUPLICATE("Duplicate"),
        /** State changes posted in the default channel, because the channel of their route accepts no messages. */
        FALLBACK_CHANNEL("FallbackChannel"),
        /** State changes sent to the dead-letter queue. */
        FAILED("Failed"),
        /** State changes posted without the outbox, because DynamoDB was unavailable. */
        NOT_STORED("NotStored"),
        /** Alarms routed without tags, because looking up their tags failed. */
        TAGS_UNKNOWN("TagsUnknown"),
        /** Alarm messages without a graph, because rendering or attaching it failed. */
        GRAPH_FAILED("GraphFailed");

        private final String metric;

        DeliveryCounter(String metric) {
            this.metric = metric;
        }
    }

    public synchronized void count(DeliveryCounter what, int times) {
        counts.merge(what, times, Integer::sum);
    }

    /** Writes all counters to the log and resets them, unless all are zero. */
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
