package io.reverser.rotation.rotator.eventlog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What the function saw, as CloudWatch metrics in its log.
 *
 * @param environment the only dimension
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public record RotationMetrics(String environment, InstantSource clock) {

    private static final String NAMESPACE = "Rotation";
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    /** A reconciliation ended. */
    public void recordReconciliation(Duration age, boolean isStuck) {
        print(Map.of(
                "Reconciliations",
                1.0,
                "AgeDays",
                age.toSeconds() / SECONDS_PER_DAY,
                "RotationStuck",
                isStuck ? 1.0 : 0.0));
    }

    /** Something was written down. */
    void recordEvent(RotationEventType type) {
        switch (type) {
            case COMPLETED -> print(Map.of("Rotated", 1.0));
            case ROLLED_BACK -> print(Map.of("RolledBack", 1.0));
            case ABANDONED -> print(Map.of("Failed", 1.0));
            case STEP_FAILED -> print(Map.of("StepFailures", 1.0));
            case REJECTED -> print(Map.of("Rejected", 1.0));
            case WINDOW_MISSED -> print(Map.of("MissedWindows", 1.0));
            default -> {
                // In the rotation log and in Slack only.
            }
        }
    }

    /** A line of its own on standard output, because the log's own JSON would hide it from CloudWatch. */
    private void print(Map<String, Double> values) {
        System.out.println(formatEmf(values));
    }

    String formatEmf(Map<String, Double> values) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode about =
                line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
        ObjectNode metrics = about.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray().add("Environment");
        var definitions = metrics.putArray("Metrics");
        line.put("Environment", environment);
        List<String> names = values.keySet().stream().sorted().toList();
        names.forEach(name -> {
            definitions.addObject().put("Name", name).put("Unit", "None");
            line.put(name, values.get(name));
        });
        return line.toString();
    }
}
