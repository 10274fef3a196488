package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which alarms somebody asks for.
 *
 * @param asked as DescribeAlarms takes it
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html">DescribeAlarms</a>
 */
record AlarmQuery(JsonNode asked) {

    private static final int MOST = 100;

    static AlarmQuery of(JsonNode asked) {
        int names = asked.path("AlarmNames").size();
        AlarmRules.check(names <= MOST, "AlarmNames: at most " + MOST);
        AlarmRules.check(names == 0 || !asked.has("AlarmNamePrefix"), "Either AlarmNames or AlarmNamePrefix");
        return new AlarmQuery(asked);
    }

    /** A page of them. Its token is where the next one begins. */
    ObjectNode answer(Map<String, CloudWatchAlarm> alarms) {
        int first = asked.path("NextToken").asInt(0);
        int most = asked.path("MaxRecords").asInt(MOST);
        List<CloudWatchAlarm> left =
                named(alarms).filter(this::isMeant).skip(first).toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode metric = answer.putArray("MetricAlarms");
        ArrayNode composite = answer.putArray("CompositeAlarms");
        left.stream().limit(most).forEach(alarm -> (alarm.isComposite() ? composite : metric).add(alarm.described()));
        return left.size() > most ? answer.put("NextToken", Integer.toString(first + most)) : answer;
    }

    /** All alarms, where no names say which. */
    private Stream<CloudWatchAlarm> named(Map<String, CloudWatchAlarm> alarms) {
        JsonNode names = asked.path("AlarmNames");
        return names.isEmpty()
                ? alarms.values().stream()
                : names.valueStream().flatMap(name -> Stream.ofNullable(alarms.get(name.asText())));
    }

    private boolean isMeant(CloudWatchAlarm alarm) {
        String state = asked.path("StateValue").asText();
        return alarm.name().startsWith(asked.path("AlarmNamePrefix").asText())
                && (state.isEmpty() || alarm.state().equals(state))
                && isOfAnyType(alarm);
    }

    /** Who does not say which, gets alarms on metrics alone. */
    private boolean isOfAnyType(CloudWatchAlarm alarm) {
        JsonNode types = asked.path("AlarmTypes");
        String type = alarm.isComposite() ? "CompositeAlarm" : "MetricAlarm";
        return types.isEmpty()
                ? !alarm.isComposite()
                : types.valueStream().anyMatch(wanted -> wanted.asText().equals(type));
    }
}
