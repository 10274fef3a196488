package io.reverser.slack.client;

import io.reverser.slack.client.SlackException.Kind;
import java.util.Set;

/**
 * Classifies the error codes in Slack's responses with {@code ok: false}.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage#errors">Errors of chat.postMessage</a>
 */
public final class SlackErrors {

    private static final Set<String> RETRYABLE = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");
    private static final Set<String> TOKEN_ERRORS =
            Set.of("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive");
    private static final Set<String> CONFIGURATION_ERRORS = Set.of(
            "missing_scope",
            "not_allowed_token_type",
            "no_permission",
            "org_login_required",
            "ekm_access_denied",
            "team_access_not_granted",
            "access_denied",
            "not_in_channel",
            "channel_not_found",
            "is_archived");

    private SlackErrors() {}

    static Kind classify(String error) {
        if (RETRYABLE.contains(error)) {
            return Kind.RETRYABLE;
        }
        return isTokenError(error) || CONFIGURATION_ERRORS.contains(error) ? Kind.MISCONFIGURED : Kind.PERMANENT;
    }

    /** Whether this error means that Slack rejected the token, so that the call may succeed with a new token. */
    public static boolean isTokenError(String error) {
        return TOKEN_ERRORS.contains(error);
    }
}
