package io.reverser.slack.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Text in Slack's markup, mrkdwn. User input goes through {@link #escape}, so that it cannot mention users, contain
 * links or change the formatting.
 */
public final class Mrkdwn {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC_TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Mrkdwn() {}

    /**
     * Escapes user input, so that it appears as literal text in one line.
     *
     * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>
     */
    public static String escape(String typed) {
        return typed.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("\\R", " ")
                // A zero-width space after each formatting character keeps Slack from interpreting the character as
                // formatting.
                .replaceAll("[*_~`]", "$0\u200b");
    }

    /** Formats a text as inline code, without the characters that would end the inline code early. */
    public static String code(String text) {
        return "`"
                + text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replaceAll("`|\\R", "") + "`";
    }

    /** Formats a text as a code block, without the characters that would end the block early. */
    public static String codeBlock(String text) {
        return "```\n"
                + text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("`", "") + "\n```";
    }

    /** The markup that mentions a user or a user group, by ID. */
    public static String mention(String id) {
        return id.startsWith("S") ? "<!subteam^" + id + ">" : "<@" + id + ">";
    }

    /** The markup for a time, which Slack shows in the reader's time zone. */
    public static String time(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{date_short_pretty} {time}|" + UTC.format(at) + ">";
    }

    /** The markup for a time without the date, for use in lists. */
    public static String timeOfDay(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{time}|" + UTC_TIME_OF_DAY.format(at) + ">";
    }

    /** Truncates a text to this number of characters, with an ellipsis; never splits a surrogate pair. */
    public static String truncate(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = maxLength - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
