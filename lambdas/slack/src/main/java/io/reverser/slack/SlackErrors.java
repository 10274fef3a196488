package io.reverser.slack;

import io.reverser.slack.SlackFailure.Kind;
import java.util.Set;

/**
 * Sorts what Slack answers with {@code ok: false}.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage#errors">Errors of chat.postMessage</a>
 */
public final class SlackErrors {

    private static final Set<String> PASSING = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");
    private static final Set<String> TOKEN =
            Set.of("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive");
    private static final Set<String> SETTINGS = Set.of(
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

    static Kind kind(String error) {
        if (PASSING.contains(error)) {
            return Kind.RETRY;
        }
        return isToken(error) || SETTINGS.contains(error) ? Kind.BROKEN_CONFIGURATION : Kind.REFUSED;
    }

    /** Whether another token may help. */
    public static boolean isToken(String error) {
        return TOKEN.contains(error);
    }
}
