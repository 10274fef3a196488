package io.reverser.slack.client;

import java.util.Set;

/** A failed call to Slack: Slack rejected the call, or the outcome of the call is unknown. */
public final class SlackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final Set<String> MESSAGE_GONE =
            Set.of("message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed");

    /** What the caller can do about a failed call. */
    public enum Kind {
        /** Retry later: Slack is overloaded or unavailable. */
        RETRYABLE,
        /** Do not retry: the same call can never succeed. */
        PERMANENT,
        /** Do not retry: an administrator must correct the app's token, scopes or settings. */
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

    /** What the caller can do about the failed call. */
    public Kind kind() {
        return kind;
    }

    /** Slack's error code, such as {@code channel_not_found}. */
    public String error() {
        return error;
    }

    /** Whether Slack rejected the call because of its rate limit. */
    public boolean isRateLimited() {
        return error.equals("HTTP 429") || error.equals("ratelimited") || error.equals("rate_limited");
    }

    /** Whether the call failed because the message to update or to reply to was deleted, or can no longer be edited. */
    public boolean isMessageGone() {
        return MESSAGE_GONE.contains(error);
    }

    /** How many seconds to wait before a retry of a failure of the kind {@link Kind#RETRYABLE}. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
