package io.reverser.alarms.notifier.message;

import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmKind.MetricBased;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.Metric;
import io.reverser.slack.message.Blocks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** Links to the AWS console. */
final class ConsoleLinks {

    private static final String UNESCAPED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    private ConsoleLinks() {}

    /** A link to an alarm, if its region is known and the URL does not exceed Slack's maximum length. */
    static Optional<String> alarm(AlarmId alarm) {
        return Optional.of(alarm)
                .filter(AlarmId::hasValidRegion)
                .map(ConsoleLinks::alarmUrl)
                .filter(page -> page.length() <= Blocks.MAX_URL_LENGTH);
    }

    /** A link to the logs, if the alarm watches a Lambda function or the pods of a cluster. */
    static Optional<String> logs(StateChange change) {
        return Optional.of(change.alarm())
                .filter(AlarmId::hasValidRegion)
                .filter(known -> change.kind() instanceof MetricBased)
                .flatMap(known -> ((MetricBased) change.kind())
                        .queries().stream()
                                .flatMap(query -> query.metric().stream())
                                .flatMap(metric -> logGroup(metric).stream())
                                .findFirst()
                                .map(group -> logsInsightsUrl(known, group)))
                .filter(page -> page.length() <= Blocks.MAX_URL_LENGTH);
    }

    private static Optional<String> logGroup(Metric metric) {
        return switch (metric.namespace()) {
            case "AWS/Lambda" ->
                Optional.ofNullable(metric.dimensions().get("FunctionName")).map(name -> "/aws/lambda/" + name);
            case "ContainerInsights" ->
                Optional.ofNullable(metric.dimensions().get("ClusterName"))
                        .map(name -> "/aws/containerinsights/" + name + "/application");
            default -> Optional.empty();
        };
    }

    /**
     * The URL of a log group in Logs Insights, whose console escapes a character as a star and its hexadecimal code.
     */
    private static String logsInsightsUrl(AlarmId alarm, String group) {
        String escaped = group.codePoints()
                .mapToObj(code -> UNESCAPED.indexOf(code) >= 0 ? Character.toString(code) : "*%02x".formatted(code))
                .collect(Collectors.joining());
        return "https://%s.%s/cloudwatch/home?region=%1$s#logsV2:logs-insights$3FqueryDetail$3D~(end~0~start~-3600~timeType~'RELATIVE~unit~'seconds~source~(~'%3$s))"
                .formatted(alarm.region(), host(alarm.partition()), escaped);
    }

    private static String alarmUrl(AlarmId alarm) {
        return "https://%s.%s/cloudwatch/home?region=%1$s#alarmsV2:alarm/%3$s"
                .formatted(
                        alarm.region(),
                        host(alarm.partition()),
                        URLEncoder.encode(alarm.name(), StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static String host(String partition) {
        return switch (partition) {
            case "aws-cn" -> "console.amazonaws.cn";
            case "aws-us-gov" -> "console.amazonaws-us-gov.com";
            default -> "console.aws.amazon.com";
        };
    }
}
