package io.reverser.simulators.aws.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A DescribeAlarms request, which selects alarms.
 *
 * @param request the input of DescribeAlarms
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html">DescribeAlarms</a>
 */
record AlarmQuery(JsonNode request) {

    private static final int MAX_RECORDS = 100;

    static AlarmQuery parse(JsonNode request) {
        int names = request.path("AlarmNames").size();
        AlarmValidator.require(names <= MAX_RECORDS, "AlarmNames: at most " + MAX_RECORDS);
        AlarmValidator.require(names == 0 || !request.has("AlarmNamePrefix"), "Either AlarmNames or AlarmNamePrefix");
        return new AlarmQuery(request);
    }

    /**
     * Returns one page of the selected alarms. The page's {@code NextToken} is the index of the first alarm of the next
     * page.
     */
    ObjectNode page(Map<String, CloudWatchAlarm> alarms) {
        int first = request.path("NextToken").asInt(0);
        int pageSize = request.path("MaxRecords").asInt(MAX_RECORDS);
        List<CloudWatchAlarm> remaining =
                selectByName(alarms).filter(this::matches).skip(first).toList();
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode metric = response.putArray("MetricAlarms");
        ArrayNode composite = response.putArray("CompositeAlarms");
        remaining.stream()
                .limit(pageSize)
                .forEach(alarm -> (alarm.isComposite() ? composite : metric).add(alarm.toDescription()));
        return remaining.size() > pageSize ? response.put("NextToken", Integer.toString(first + pageSize)) : response;
    }

    /** The alarms that the request names, or all alarms if it names none. */
    private Stream<CloudWatchAlarm> selectByName(Map<String, CloudWatchAlarm> alarms) {
        JsonNode names = request.path("AlarmNames");
        return names.isEmpty()
                ? alarms.values().stream()
                : names.valueStream().flatMap(name -> Stream.ofNullable(alarms.get(name.asText())));
    }

    private boolean matches(CloudWatchAlarm alarm) {
        String state = request.path("StateValue").asText();
        return alarm.name().startsWith(request.path("AlarmNamePrefix").asText())
                && (state.isEmpty() || alarm.state().equals(state))
                && matchesType(alarm);
    }

    /** Whether the alarm has one of the requested types. A request without types selects metric alarms only. */
    private boolean matchesType(CloudWatchAlarm alarm) {
        JsonNode types = request.path("AlarmTypes");
        String type = alarm.isComposite() ? "CompositeAlarm" : "MetricAlarm";
        return types.isEmpty()
                ? !alarm.isComposite()
                : types.valueStream().anyMatch(wanted -> wanted.asText().equals(type));
    }
}
