package io.reverser.simulators.aws.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An alarm in its current state.
 *
 * @param configuration the fields of the DescribeAlarms response without the state
 * @param rule the rule of a composite alarm; empty for a metric alarm
 * @param stateSince the time of the latest state change
 */
record CloudWatchAlarm(
        ObjectNode configuration,
        Optional<AlarmRuleExpression> rule,
        Map<String, String> tags,
        String state,
        String reason,
        Instant stateSince) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** For each state, the configuration field that lists its actions. */
    static final Map<String, String> ACTIONS_BY_STATE =
            Map.of("OK", "OKActions", "ALARM", "AlarmActions", "INSUFFICIENT_DATA", "InsufficientDataActions");

    private static final String CONFIGURATION_UPDATED = "AlarmConfigurationUpdatedTimestamp";

    CloudWatchAlarm {
        tags = Map.copyOf(tags);
    }

    /** A new alarm in the state INSUFFICIENT_DATA. */
    static CloudWatchAlarm create(ObjectNode configuration, Map<String, String> tags, Instant now) {
        return new CloudWatchAlarm(
                withUpdateTime(configuration, now),
                parseRule(configuration),
                tags,
                "INSUFFICIENT_DATA",
                "Unchecked: Initial alarm creation",
                now);
    }

    String name() {
        return configuration.path("AlarmName").asText();
    }

    String arn() {
        return arn(name());
    }

    static String arn(String name) {
        return "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + name;
    }

    boolean isComposite() {
        return rule.isPresent();
    }

    CloudWatchAlarm withConfiguration(ObjectNode newConfiguration, Instant now) {
        return new CloudWatchAlarm(
                withUpdateTime(newConfiguration, now), parseRule(newConfiguration), tags, state, reason, stateSince);
    }

    CloudWatchAlarm withTags(Map<String, String> newTags) {
        return new CloudWatchAlarm(configuration, rule, newTags, state, reason, stateSince);
    }

    /** Whether the alarm's actions are enabled and there is an action for its current state. */
    boolean hasEnabledActions() {
        return configuration.path("ActionsEnabled").asBoolean(true)
                && !configuration.path(ACTIONS_BY_STATE.getOrDefault(state, "")).isEmpty();
    }

    CloudWatchAlarm withState(String newState, String newReason, Instant now) {
        return new CloudWatchAlarm(configuration, rule, tags, newState, newReason, now);
    }

    /** The alarm as DescribeAlarms returns it. */
    ObjectNode toDescription() {
        return configuration
                .deepCopy()
                .put("AlarmArn", arn())
                .put("StateValue", state)
                .put("StateReason", reason)
                .put("StateUpdatedTimestamp", seconds(stateSince))
                .put("StateTransitionedTimestamp", seconds(stateSince));
    }

    /** The SNS notification about the latest state change of this alarm. */
    ObjectNode toNotification(String previousState, List<CloudWatchAlarm> triggeringChildren) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", name())
                .put("AlarmDescription", configuration.path("AlarmDescription").asText(null))
                .put("AWSAccountId", "111122223333")
                .put(
                        CONFIGURATION_UPDATED,
                        TIME.format(Instant.ofEpochMilli(Math.round(
                                1000 * configuration.path(CONFIGURATION_UPDATED).asDouble()))))
                .put("NewStateValue", state)
                .put("NewStateReason", reason)
                .put("StateChangeTime", TIME.format(stateSince))
                .put("Region", "EU (Frankfurt)")
                .put("AlarmArn", arn())
                .put("OldStateValue", previousState);
        ACTIONS_BY_STATE
                .values()
                .forEach(actions -> message.putArray(actions)
                        .addAll(configuration.path(actions).valueStream().toList()));
        if (isComposite()) {
            message.put("AlarmRule", configuration.path("AlarmRule").asText());
            ArrayNode children = message.putArray("TriggeringChildren");
            triggeringChildren.forEach(child -> children.addObject()
                    .put("Arn", child.arn())
                    .putObject("State")
                    .put("Value", child.state())
                    .put("Timestamp", TIME.format(child.stateSince())));
        } else {
            message.set("Trigger", toTrigger());
        }
        return message;
    }

    private ObjectNode toTrigger() {
        ObjectNode trigger = JsonNodeFactory.instance.objectNode();
        for (String key : List.of(
                "MetricName",
                "Namespace",
                "Period",
                "EvaluationPeriods",
                "DatapointsToAlarm",
                "ComparisonOperator",
                "Threshold",
                "ThresholdMetricId",
                "TreatMissingData",
                "ExtendedStatistic")) {
            if (configuration.has(key)) {
                trigger.set(key, configuration.get(key));
            }
        }
        if (configuration.has("Statistic")) {
            trigger.put("StatisticType", "Statistic")
                    .put("Statistic", configuration.path("Statistic").asText().toUpperCase(Locale.ROOT));
        }
        if (configuration.has("MetricName")) {
            trigger.putNull("Unit").set("Dimensions", lowerCaseKeys(configuration.path("Dimensions")));
        }
        if (configuration.has("Metrics")) {
            ArrayNode metrics = (ArrayNode) configuration.path("Metrics").deepCopy();
            metrics.forEach(metric -> {
                if (metric.at("/MetricStat/Metric") instanceof ObjectNode inner) {
                    inner.set("Dimensions", lowerCaseKeys(inner.path("Dimensions")));
                }
            });
            trigger.set("Metrics", metrics);
        }
        return trigger;
    }

    /**
     * Converts the dimensions of a metric for an SNS notification, which has their keys in lower case, unlike
     * CloudWatch's API.
     */
    private static ArrayNode lowerCaseKeys(JsonNode dimensions) {
        ArrayNode lower = JsonNodeFactory.instance.arrayNode();
        dimensions.forEach(dimension -> lower.addObject()
                .put("value", dimension.path("Value").asText())
                .put("name", dimension.path("Name").asText()));
        return lower;
    }

    private static ObjectNode withUpdateTime(ObjectNode configuration, Instant now) {
        ObjectNode copy = configuration.deepCopy().put(CONFIGURATION_UPDATED, seconds(now));
        return copy.put("ActionsEnabled", copy.path("ActionsEnabled").asBoolean(true));
    }

    private static Optional<AlarmRuleExpression> parseRule(JsonNode configuration) {
        return Optional.ofNullable(configuration.get("AlarmRule"))
                .map(rule -> AlarmRuleExpression.parse(rule.asText()));
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
