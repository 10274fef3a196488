package io.reverser.access.granter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.granter.AccessSweeper.Finding;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * What a sweep found, as CloudWatch metrics in the function's log.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
final class SweepMetrics {

    private static final String NAMESPACE = "ClusterAccess";

    private SweepMetrics() {}

    /** A line of its own on standard output, because the log's own JSON would hide it from CloudWatch. */
    static void emit(List<Finding> findings, Instant now) {
        System.out.println(toEmf(findings, now));
    }

    static String toEmf(List<Finding> findings, Instant now) {
        ObjectNode emf = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = emf.putObject("_aws").put("Timestamp", now.toEpochMilli());
        ObjectNode metrics = metadata.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray();
        var definitions = metrics.putArray("Metrics");
        for (Finding finding : Finding.values()) {
            definitions.addObject().put("Name", metricName(finding)).put("Unit", "Count");
            emf.put(metricName(finding), Collections.frequency(findings, finding));
        }
        return emf.toString();
    }

    private static String metricName(Finding finding) {
        return switch (finding) {
            case OK -> "EntriesChecked";
            case OVERDUE -> "OverdueGrants";
            case TAMPERED -> "TamperedEntries";
            case CHECK_FAILED -> "CheckFailures";
        };
    }
}
