package io.reverser.cdk.deploy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Read-only calls to Slack's Web API.
 *
 * @param api the base URL, {@code https://slack.com/api/}
 */
public record SlackWorkspace(URI api) {

    private static final int TIMEOUT_MS = 5000;

    /** What Slack said about a token: its error, which is empty for a valid token, the workspace and the app's scopes. */
    record Token(String error, String teamId, Set<String> scopes) {

        Token {
            scopes = Set.copyOf(scopes);
        }
    }

    /** Asks Slack which workspace a token belongs to.
     *
     * @throws IOException without the token, if Slack cannot be reached
     */
    Token test(String botToken) throws IOException {
        AuthTestResponse response = call(botToken, slack -> slack.authTest(request -> request));
        return response.isOk()
                ? new Token("", response.getTeamId(), scopes(response.getHttpResponseHeaders()))
                : new Token(String.valueOf(response.getError()), "", Set.of());
    }

    /** Whether the app is in a channel: Slack lets only members read.
     *
     * @throws IOException without the token, if Slack cannot be reached
     */
    boolean isMember(String botToken, String channel) throws IOException {
        ConversationsHistoryResponse response = call(
                botToken,
                slack -> slack.conversationsHistory(
                        request -> request.channel(channel).limit(1)));
        return response.isOk() || "missing_scope".equals(response.getError());
    }

    private static Set<String> scopes(Map<String, List<String>> headers) {
        var scopes = new TreeSet<String>();
        headers.forEach((name, values) -> {
            if (name.equalsIgnoreCase("x-oauth-scopes")) {
                values.stream()
                        .flatMap(value -> Stream.of(value.split(",\\s*", 0)))
                        .forEach(scopes::add);
            }
        });
        return scopes;
    }

    private <T> T call(String botToken, Call<T> call) throws IOException {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api.toString());
        config.setHttpClientCallTimeoutMillis(TIMEOUT_MS);
        config.setStatsEnabled(false);
        try {
            // The client needs no close: it has only threads of the HTTP client, which end when idle.
            T response = call.execute(Slack.getInstance(config).methods(botToken));
            if (response == null) {
                throw new IOException("empty response");
            }
            return response;
        } catch (SlackApiException rejected) {
            throw new IOException("HTTP " + rejected.getResponse().code(), rejected);
        } catch (RuntimeException malformed) {
            throw new IOException("malformed response", malformed);
        }
    }

    private interface Call<T> {
        T execute(MethodsClient slack) throws IOException, SlackApiException;
    }
}
