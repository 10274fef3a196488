package io.reverser.cdk.settings;

import java.util.List;
import software.amazon.awscdk.services.logs.RetentionDays;

/** The section {@code operations}; {@code settings.schema.json} describes each key. */
public record OperationsSettings(String slackSecret, List<String> alarmEmails, int logRetentionDays) {

    public OperationsSettings {
        alarmEmails = List.copyOf(alarmEmails);
    }

    /** CDK's constant for {@link #logRetentionDays}. */
    public RetentionDays logRetention() {
        return switch (logRetentionDays) {
            case 1 -> RetentionDays.ONE_DAY;
            case 7 -> RetentionDays.ONE_WEEK;
            case 14 -> RetentionDays.TWO_WEEKS;
            case 30 -> RetentionDays.ONE_MONTH;
            case 90 -> RetentionDays.THREE_MONTHS;
            case 180 -> RetentionDays.SIX_MONTHS;
            case 365 -> RetentionDays.ONE_YEAR;
            case 731 -> RetentionDays.TWO_YEARS;
            default -> throw new IllegalStateException("The schema allows no " + logRetentionDays + " days");
        };
    }
}
