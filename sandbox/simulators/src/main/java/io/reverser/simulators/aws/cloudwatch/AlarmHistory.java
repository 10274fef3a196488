package io.reverser.simulators.aws.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The history of all alarms, including deleted ones, newest entry first. Unlike CloudWatch's history, it has no entries
 * for alarm actions, and it is not paginated.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html">DescribeAlarmHistory</a>
 */
final class AlarmHistory {

    private static final int MAX_RECORDS = 100;

    private final List<ObjectNode> items = new ArrayList<>();

    void recordConfiguration(CloudWatchAlarm alarm, String change, Instant now) {
        add(alarm, "ConfigurationUpdate", "Alarm \"%s\" %s".formatted(alarm.name(), change), now);
    }

    void recordStateChange(CloudWatchAlarm before, CloudWatchAlarm after) {
        add(
                after,
                "StateUpdate",
                "Alarm updated from %s to %s".formatted(before.state(), after.state()),
                after.stateSince());
    }

    ObjectNode describe(JsonNode request) {
        String alarm = request.path("AlarmName").asText();
        String type = request.path("HistoryItemType").asText();
        boolean oldestFirst = request.path("ScanBy").asText().equals("TimestampAscending");
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode list = response.putArray("AlarmHistoryItems");
        (oldestFirst ? items : items.reversed())
                .stream()
                        .filter(item -> matches(item, "AlarmName", alarm))
                        .filter(item -> matches(item, "HistoryItemType", type))
                        .limit(request.path("MaxRecords").asInt(MAX_RECORDS))
                        .forEach(list::add);
        return response;
    }

    private static boolean matches(JsonNode item, String field, String wanted) {
        return wanted.isEmpty() || item.path(field).asText().equals(wanted);
    }

    private void add(CloudWatchAlarm alarm, String type, String summary, Instant when) {
        items.add(JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", alarm.name())
                .put("AlarmType", alarm.isComposite() ? "CompositeAlarm" : "MetricAlarm")
                .put("HistoryItemType", type)
                .put("HistorySummary", summary)
                .put("Timestamp", when.toEpochMilli() / 1000.0));
    }
}
