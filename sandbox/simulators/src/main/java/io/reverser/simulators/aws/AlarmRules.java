package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What CloudWatch takes for an alarm.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">PutMetricAlarm</a>
 */
final class AlarmRules {

    private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");
    private static final Set<String> STATISTICS = Set.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");
    private static final Set<String> MISSING = Set.of("breaching", "notBreaching", "ignore", "missing");
    private static final Set<String> COMPARISONS = Set.of(
            "GreaterThanOrEqualToThreshold",
            "GreaterThanThreshold",
            "LessThanThreshold",
            "LessThanOrEqualToThreshold",
            "LessThanLowerOrGreaterThanUpperThreshold",
            "LessThanLowerThreshold",
            "GreaterThanUpperThreshold");
    private static final Set<Integer> SHORT_PERIODS = Set.of(10, 20, 30);
    private static final int LONGEST_NAME = 255;

    private AlarmRules() {}

    static void state(String state) {
        check(STATES.contains(state), "StateValue: one of " + STATES);
    }

    static void name(JsonNode alarm) {
        int length = alarm.path("AlarmName").asText().length();
        check(length > 0 && length <= LONGEST_NAME, "AlarmName: 1 to 255 characters");
    }

    static void metricAlarm(JsonNode alarm) {
        name(alarm);
        check(alarm.has("MetricName") != alarm.has("Metrics"), "Either MetricName or Metrics");
        check(
                COMPARISONS.contains(alarm.path("ComparisonOperator").asText()),
                "ComparisonOperator: one of " + COMPARISONS);
        check(
                MISSING.contains(alarm.path("TreatMissingData").asText("missing")),
                "TreatMissingData: one of " + MISSING);
        check(alarm.has("Threshold") != alarm.has("ThresholdMetricId"), "Either Threshold or ThresholdMetricId");
        int periods = alarm.path("EvaluationPeriods").asInt();
        int datapoints = alarm.path("DatapointsToAlarm").asInt(periods);
        check(datapoints >= 1 && datapoints <= periods, "DatapointsToAlarm: 1 to EvaluationPeriods");
        if (alarm.has("MetricName")) {
            metric(alarm);
        }
    }

    static Map<String, String> tags(JsonNode list) {
        Map<String, String> tags = SecretRules.tags(list);
        Tags.check(tags);
        return new TreeMap<>(tags);
    }

    static AwsError refused(String why) {
        return new AwsError(400, "ValidationError", why);
    }

    static void check(boolean fine, String otherwise) {
        if (!fine) {
            throw refused(otherwise);
        }
    }

    private static void metric(JsonNode alarm) {
        check(alarm.has("Statistic") != alarm.has("ExtendedStatistic"), "Either Statistic or ExtendedStatistic");
        check(
                !alarm.has("Statistic")
                        || STATISTICS.contains(alarm.path("Statistic").asText()),
                "Statistic: one of " + STATISTICS);
        int period = alarm.path("Period").asInt();
        check(
                SHORT_PERIODS.contains(period) || (period > 0 && period % 60 == 0),
                "Period: 10, 20, 30 or a multiple of 60");
    }
}
