package io.reverser.simulators.slack;

import java.util.List;
import java.util.Map;

/**
 * The bot token scopes that each supported method of Slack's Web API requires.
 *
 * @see <a href="https://docs.slack.dev/reference/scopes">Scopes</a>
 */
final class SlackScopes {

    static final Map<String, List<String>> OF_METHODS = Map.ofEntries(
            Map.entry("api.test", List.of()),
            Map.entry("users.info", List.of("users:read")),
            Map.entry("chat.postMessage", List.of("chat:write")),
            Map.entry("chat.update", List.of("chat:write")),
            Map.entry("views.open", List.of()),
            Map.entry("conversations.history", List.of("channels:history", "groups:history")),
            Map.entry("conversations.replies", List.of("channels:history", "groups:history")),
            Map.entry("files.getUploadURLExternal", List.of("files:write")),
            Map.entry("files.completeUploadExternal", List.of("files:write")),
            Map.entry("files.info", List.of("files:read")));

    private SlackScopes() {}
}
