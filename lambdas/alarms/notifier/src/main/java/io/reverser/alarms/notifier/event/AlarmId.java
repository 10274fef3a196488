package io.reverser.alarms.notifier.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies an alarm.
 *
 * @param partition the AWS partition, like {@code aws}
 * @param region a code like {@code eu-central-1}; in an old payload without an ARN, it may be a display name or empty
 * @param contributor for an alarm that evaluates several time series, one of them, like one host of a GROUP BY
 */
public record AlarmId(String partition, String region, String account, String name, Optional<String> contributor) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");
    private static final Pattern ARN = Pattern.compile("arn:([\\w-]+):cloudwatch:([\\w-]+):(\\d{12}):alarm:(.+)");

    /** Parses an alarm's ARN; empty if the text is not the ARN of an alarm. */
    public static Optional<AlarmId> parse(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches()
                ? Optional.of(
                        new AlarmId(parts.group(1), parts.group(2), parts.group(3), parts.group(4), Optional.empty()))
                : Optional.empty();
    }

    AlarmId withContributor(Optional<String> id) {
        return new AlarmId(partition, region, account, name, id);
    }

    /** The ID of another alarm in the same account and region. */
    public AlarmId withName(String otherName) {
        return new AlarmId(partition, region, account, otherName, Optional.empty());
    }

    /** Whether the region is a code like {@code eu-central-1}; in an old payload, it may be a display name or empty. */
    public boolean hasValidRegion() {
        return REGION.matcher(region).matches();
    }

    /** The alarm's ARN, which is the same for all its contributors. */
    public String arn() {
        return "arn:%s:cloudwatch:%s:%s:alarm:%s".formatted(partition, region, account, name);
    }

    /** The unique key: the ARN, followed by the contributor if there is one. */
    public String key() {
        return arn() + contributor.map(id -> "#" + id).orElse("");
    }
}
