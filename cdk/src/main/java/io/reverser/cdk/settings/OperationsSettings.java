package io.reverser.cdk.settings;

import io.reverser.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code operations}.
 *
 * @param slackSecret the name of the secret with {@code bot_token} and {@code signing_secret}
 * @param alarmMail who hears by mail that alarms do not reach Slack
 * @param logDays how long logs are kept
 */
public record OperationsSettings(String slackSecret, List<String> alarmMail, int logDays) {

    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");

    /** Keeps its own list. */
    public OperationsSettings {
        alarmMail = List.copyOf(alarmMail);
    }

    static OperationsSettings read(Section operations) {
        operations.knows("slack_secret", "alarm_mail", "log_days");
        int days = operations.number("log_days", 30);
        if (!Logs.RETENTION.containsKey(days)) {
            operations.problem("log_days", "one of " + Logs.RETENTION.keySet());
        }
        return new OperationsSettings(
                operations.text("slack_secret", Forms.SECRET, "the name of a secret"),
                operations.each(
                        "alarm_mail",
                        text -> Optional.of(text)
                                .filter(mail -> MAIL.matcher(mail).matches()),
                        "a mail address"),
                days);
    }
}
