package io.reverser.simulators.aws.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.TagValidator;
import java.util.Map;
import java.util.Set;

/**
 * The rules for PutMetricAlarm and SetAlarmState.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">PutMetricAlarm</a>
 */
final class AlarmValidator {

    private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");
    private static final Set<String> STATISTICS = Set.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");
    private static final Set<String> MISSING_DATA_TREATMENTS = Set.of("breaching", "notBreaching", "ignore", "missing");
    private static final Set<String> COMPARISON_OPERATORS = Set.of(
            "GreaterThanOrEqualToThreshold",
            "GreaterThanThreshold",
            "LessThanThreshold",
            "LessThanOrEqualToThreshold",
            "LessThanLowerOrGreaterThanUpperThreshold",
            "LessThanLowerThreshold",
            "GreaterThanUpperThreshold");
    private static final Set<Integer> SHORT_PERIODS = Set.of(10, 20, 30);
    private static final int MAX_NAME_LENGTH = 255;

    private AlarmValidator() {}

    static void validateState(String state) {
        require(STATES.contains(state), "StateValue: one of " + STATES);
    }

    static void validateName(JsonNode alarm) {
        int length = alarm.path("AlarmName").asText().length();
        require(length > 0 && length <= MAX_NAME_LENGTH, "AlarmName: 1 to 255 characters");
    }

    static void validateMetricAlarm(JsonNode alarm) {
        validateName(alarm);
        require(alarm.has("MetricName") != alarm.has("Metrics"), "Either MetricName or Metrics");
        require(
                COMPARISON_OPERATORS.contains(alarm.path("ComparisonOperator").asText()),
                "ComparisonOperator: one of " + COMPARISON_OPERATORS);
        require(
                MISSING_DATA_TREATMENTS.contains(alarm.path("TreatMissingData").asText("missing")),
                "TreatMissingData: one of " + MISSING_DATA_TREATMENTS);
        require(alarm.has("Threshold") != alarm.has("ThresholdMetricId"), "Either Threshold or ThresholdMetricId");
        int periods = alarm.path("EvaluationPeriods").asInt();
        int datapoints = alarm.path("DatapointsToAlarm").asInt(periods);
        require(datapoints >= 1 && datapoints <= periods, "DatapointsToAlarm: 1 to EvaluationPeriods");
        if (alarm.has("MetricName")) {
            validateMetric(alarm);
        }
    }

    static Map<String, String> parseTags(JsonNode list) {
        Map<String, String> tags = TagValidator.parse(list);
        TagValidator.validate(tags);
        return tags;
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "ValidationError", message);
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw invalid(message);
        }
    }

    private static void validateMetric(JsonNode alarm) {
        require(alarm.has("Statistic") != alarm.has("ExtendedStatistic"), "Either Statistic or ExtendedStatistic");
        require(
                !alarm.has("Statistic")
                        || STATISTICS.contains(alarm.path("Statistic").asText()),
                "Statistic: one of " + STATISTICS);
        int period = alarm.path("Period").asInt();
        require(
                SHORT_PERIODS.contains(period) || (period > 0 && period % 60 == 0),
                "Period: 10, 20, 30 or a multiple of 60");
    }
}
