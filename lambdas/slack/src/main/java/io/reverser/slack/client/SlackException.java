package io.reverser.slack.client;

import java.util.Set;

/** A failed call to Slack: Slack rejected it, or its outcome is unknown. */
public final class SlackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final Set<String> MESSAGE_GONE =
            Set.of("message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed");

    /** What to do about it. */
    public enum Kind {
        /** Try again later: Slack is busy or away. */
        RETRYABLE,
        /** Do not try again: this call will never work. */
        PERMANENT,
        /** An administrator has to correct the app's token, scopes or settings. */
        MISCONFIGURED
    }

    private final Kind kind;
    private final String error;
    private final long retryAfterSeconds;

    SlackException(Kind kind, String method, String error, long retryAfterSeconds) {
        super(method + ": " + error);
        this.kind = kind;
        this.error = error;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    SlackException(String method, Exception cause) {
        super(method + ": " + cause.getClass().getSimpleName(), cause);
        this.kind = Kind.RETRYABLE;
        this.error = "unreachable";
        this.retryAfterSeconds = 1;
    }

    /** What to do about it. */
    public Kind kind() {
        return kind;
    }

    /** Slack's name for it, like {@code channel_not_found}. */
    public String error() {
        return error;
    }

    /** Whether Slack did nothing because it was asked too often. */
    public boolean isRateLimited() {
        return error.equals("HTTP 429") || error.equals("ratelimited") || error.equals("rate_limited");
    }

    /** Whether the message to update or to reply to was deleted, or can no longer be edited. */
    public boolean isMessageGone() {
        return MESSAGE_GONE.contains(error);
    }

    /** When to try again, for {@link Kind#RETRYABLE}. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
