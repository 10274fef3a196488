package io.reverser.alarms;

import io.reverser.slack.Blocks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pages of AWS's console. */
final class Console {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");

    private Console() {}

    /** The page of an alarm, if it is known in which region it is and Slack takes an address as long as its. */
    static Optional<String> alarm(AlarmId alarm) {
        return Optional.of(alarm)
                .filter(known -> REGION.matcher(known.region()).matches())
                .map(Console::page)
                .filter(page -> page.length() <= Blocks.LONGEST_URL);
    }

    private static String page(AlarmId alarm) {
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
