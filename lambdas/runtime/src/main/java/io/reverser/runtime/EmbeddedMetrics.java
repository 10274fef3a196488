package io.reverser.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * CloudWatch metrics that a function writes to its log. Powertools' {@code powertools-metrics} 2.8.0 does the same, but
 * adds 0.9 MB to a deployment package, with which the rotator's package would exceed its limit of 26 MB, and needs 0.2
 * s instead of 5 ms to write the first line.
 *
 * @param dimensions the dimensions of every metric, as values by name. Use few of them, because CloudWatch stores and
 *     bills each combination of values
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public record EmbeddedMetrics(String namespace, Map<String, String> dimensions) {

    public EmbeddedMetrics {
        dimensions = Map.copyOf(dimensions);
    }

    /**
     * Writes the metrics as a separate line to standard output, because CloudWatch does not find metrics inside the
     * JSON that the logger writes.
     */
    public void emit(Map<String, ? extends Number> values, Instant now) {
        System.out.println(format(values, now));
    }

    String format(Map<String, ? extends Number> values, Instant now) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
        ObjectNode directive =
                metadata.putArray("CloudWatchMetrics").addObject().put("Namespace", namespace);
        var dimensionNames = directive.putArray("Dimensions").addArray();
        new TreeMap<>(dimensions).forEach((name, value) -> {
            dimensionNames.add(name);
            line.put(name, value);
        });
        var definitions = directive.putArray("Metrics");
        new TreeMap<>(values).forEach((name, value) -> {
            definitions.addObject().put("Name", name);
            line.putPOJO(name, value);
        });
        return line.toString();
    }
}
