package io.reverser.slack;

/** A call that Slack did not carry out, or of which nobody knows whether it did. */
public final class SlackFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What to do about it. */
    public enum Kind {
        /** Try again later: Slack is busy or away. */
        RETRY,
        /** Do not try again: this call will never work. */
        REFUSED,
        /** Somebody has to mend the app's token, scopes or settings. */
        BROKEN_CONFIGURATION
    }

    private final Kind kind;
    private final String error;
    private final long retryAfterSeconds;

    SlackFailure(Kind kind, String method, String error, long retryAfterSeconds) {
        super(method + ": " + error);
        this.kind = kind;
        this.error = error;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    SlackFailure(String method, Exception cause) {
        super(method + ": " + cause.getClass().getSimpleName(), cause);
        this.kind = Kind.RETRY;
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
    public boolean isTooOften() {
        return error.equals("HTTP 429") || error.equals("ratelimited") || error.equals("rate_limited");
    }

    /** When to try again, for {@link Kind#RETRY}. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
