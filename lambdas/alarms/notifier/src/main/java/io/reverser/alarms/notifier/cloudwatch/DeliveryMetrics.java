package io.reverser.alarms.notifier.cloudwatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the function did, as CloudWatch metrics in its log.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class DeliveryMetrics {

    private static final String NAMESPACE = "Alarms";

    private final Map<DeliveryCounter, Integer> counts = new EnumMap<>(DeliveryCounter.class);

    /** What is counted. */
    public enum DeliveryCounter {
        /** Told in Slack. */
        DELIVERED("Delivered"),
        /** Told in a digest; these are delivered as well. */
        FOLDED("Folded"),
        /** Back in the queue, because Slack or its turn let it wait. */
        DEFERRED("Deferred"),
        /** Delivered to us once more, and told already. */
        DUPLICATE("Duplicate"),
        /** In another channel than it belongs into, because that takes no messages. */
        FALLBACK_CHANNEL("FallbackChannel"),
        /** In the dead-letter queue. */
        FAILED("Failed"),
        /** Told without having been written down, because the table was away. */
        NOT_STORED("NotStored"),
        /** Routed without tags, because they could not be looked up. */
        TAGS_UNKNOWN("TagsUnknown"),
        /** A message without its picture. */
        GRAPH_FAILED("GraphFailed");

        private final String metric;

        DeliveryCounter(String metric) {
            this.metric = metric;
        }
    }

    public synchronized void count(DeliveryCounter what, int times) {
        counts.merge(what, times, Integer::sum);
    }

    /** A line of its own on standard output, because the log's own JSON would hide it from CloudWatch. */
    public synchronized void flush(Instant now) {
        if (!counts.isEmpty()) {
            System.out.println(toEmf(now));
            counts.clear();
        }
    }

    synchronized String toEmf(Instant now) {
        ObjectNode emf = JsonNodeFactory.instance.objectNode();
        ObjectNode about = emf.putObject("_aws").put("Timestamp", now.toEpochMilli());
        ObjectNode metrics = about.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray();
        var definitions = metrics.putArray("Metrics");
        for (DeliveryCounter what : DeliveryCounter.values()) {
            definitions.addObject().put("Name", what.metric).put("Unit", "Count");
            emf.put(what.metric, counts.getOrDefault(what, 0));
        }
        return emf.toString();
    }
}
