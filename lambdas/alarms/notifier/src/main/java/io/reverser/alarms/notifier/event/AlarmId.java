package io.reverser.alarms.notifier.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which alarm.
 *
 * @param partition like {@code aws}
 * @param region its id, like {@code eu-central-1}; an old payload without an ARN may have a display name, or none
 * @param contributor which of the time series of an alarm over many, like one host of a GROUP BY
 */
public record AlarmId(String partition, String region, String account, String name, Optional<String> contributor) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");
    private static final Pattern ARN = Pattern.compile("arn:([\\w-]+):cloudwatch:([\\w-]+):(\\d{12}):alarm:(.+)");

    /** Reads an alarm's ARN, if it is one. */
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

    /** Another one in the same place. */
    public AlarmId withName(String otherName) {
        return new AlarmId(partition, region, account, otherName, Optional.empty());
    }

    /** Whether its region is an id; an old payload may have a display name there, or none. */
    public boolean hasValidRegion() {
        return REGION.matcher(region).matches();
    }

    /** The ARN; the same for all contributors. */
    public String arn() {
        return "arn:%s:cloudwatch:%s:%s:alarm:%s".formatted(partition, region, account, name);
    }

    /** What tells it from every other: the ARN, and the contributor behind it. */
    public String key() {
        return arn() + contributor.map(id -> "#" + id).orElse("");
    }
}
