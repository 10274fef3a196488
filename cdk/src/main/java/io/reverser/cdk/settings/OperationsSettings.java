package io.reverser.cdk.settings;

import io.reverser.configreader.ConfigSection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * The section {@code operations}.
 *
 * @param slackSecret the name of the secret with {@code bot_token} and {@code signing_secret}
 * @param alarmEmails who hears by mail that alarms do not reach Slack
 * @param logRetentionDays how long logs are kept
 */
public record OperationsSettings(String slackSecret, List<String> alarmEmails, int logRetentionDays) {

    /** What CloudWatch offers, in days. */
    private static final Map<Integer, RetentionDays> RETENTION = new TreeMap<>(Map.of(
            1, RetentionDays.ONE_DAY,
            7, RetentionDays.ONE_WEEK,
            14, RetentionDays.TWO_WEEKS,
            30, RetentionDays.ONE_MONTH,
            90, RetentionDays.THREE_MONTHS,
            180, RetentionDays.SIX_MONTHS,
            365, RetentionDays.ONE_YEAR,
            731, RetentionDays.TWO_YEARS));

    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");

    /** Keeps its own list. */
    public OperationsSettings {
        alarmEmails = List.copyOf(alarmEmails);
    }

    /** The same as CDK takes it. */
    public RetentionDays logRetention() {
        return Objects.requireNonNull(RETENTION.get(logRetentionDays));
    }

    static OperationsSettings read(ConfigSection section) {
        ConfigSection operations = section.renamed(
                        Map.of("log_days", "log_retention_days", "alarm_mail", "alarm_emails"))
                .allowOnly("slack_secret", "alarm_emails", "log_retention_days");
        int days = operations.number("log_retention_days", 30);
        if (!RETENTION.containsKey(days)) {
            operations.reject("log_retention_days", "one of " + RETENTION.keySet());
        }
        return new OperationsSettings(
                operations.text("slack_secret", Patterns.SECRET_NAME, "the name of a secret"),
                operations.list(
                        "alarm_emails",
                        text -> Optional.of(text)
                                .filter(mail -> EMAIL.matcher(mail).matches()),
                        "an e-mail address"),
                days);
    }
}
