package io.reverser.access.change;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.change.Sweep.Finding;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * What a sweep found, as CloudWatch metrics in the function's log.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
final class Metrics {

    private static final String NAMESPACE = "ClusterAccess";

    private Metrics() {}

    /** A line of its own on standard output, because the log's own JSON would hide it from CloudWatch. */
    static void report(List<Finding> findings, Instant now) {
        System.out.println(line(findings, now));
    }

    static String line(List<Finding> findings, Instant now) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode about = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
        ObjectNode metrics = about.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray();
        var definitions = metrics.putArray("Metrics");
        for (Finding finding : Finding.values()) {
            definitions.addObject().put("Name", metric(finding)).put("Unit", "Count");
            line.put(metric(finding), Collections.frequency(findings, finding));
        }
        return line.toString();
    }

    private static String metric(Finding finding) {
        return switch (finding) {
            case FINE -> "LookedAfter";
            case OVERDUE -> "OverdueGrants";
            case ALTERED -> "AlteredEntries";
            case FAILED -> "FailedLooks";
        };
    }
}
