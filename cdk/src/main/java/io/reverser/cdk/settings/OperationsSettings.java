package io.reverser.cdk.settings;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.configreader.ConfigSection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code operations}.
 *
 * @param slackSecret the name of the secret with {@code bot_token} and {@code signing_secret}
 * @param alarmEmails who hears by mail that alarms do not reach Slack
 * @param logRetentionDays how long logs are kept
 */
public record OperationsSettings(String slackSecret, List<String> alarmEmails, int logRetentionDays) {

    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");

    /** Keeps its own list. */
    public OperationsSettings {
        alarmEmails = List.copyOf(alarmEmails);
    }

    static OperationsSettings read(ConfigSection operations) {
        operations.allowOnly("slack_secret", "alarm_mail", "log_days");
        int days = operations.number("log_days", 30);
        if (!LogGroups.RETENTION.containsKey(days)) {
            operations.reject("log_days", "one of " + LogGroups.RETENTION.keySet());
        }
        return new OperationsSettings(
                operations.text("slack_secret", Patterns.SECRET_NAME, "the name of a secret"),
                operations.list(
                        "alarm_mail",
                        text -> Optional.of(text)
                                .filter(mail -> EMAIL.matcher(mail).matches()),
                        "a mail address"),
                days);
    }
}
