package io.reverser.slack;

import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.User;
import io.reverser.slack.SlackFailure.Kind;
import io.reverser.slack.SlackRequest.Message;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Slack's Web API. Every failure is sorted into a {@link SlackFailure}. */
public final class Slack implements AutoCloseable {

    private static final int TIME_OUT_MS = 5000;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final com.slack.api.Slack client;
    private final CachedCredentials credentials;

    /**
     * Nothing is called yet.
     *
     * @param api like {@code https://slack.com/api/}
     */
    public Slack(URI api, CachedCredentials credentials) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api.toString());
        config.setHttpClientCallTimeoutMillis(TIME_OUT_MS);
        config.setStatsEnabled(false);
        this.client = com.slack.api.Slack.getInstance(config);
        this.credentials = credentials;
    }

    /**
     * Posts a message. After a failure of the kind {@link Kind#RETRY} it may be there all the same.
     *
     * @param channel a channel ID, or a user ID for a direct message
     */
    public Message post(String channel, SlackMessage message) {
        return posted(call(
                "chat.postMessage",
                slack -> slack.chatPostMessage(request -> request.channel(channel)
                        .text(message.text())
                        .blocksAsString(message.blockArray().toString()))));
    }

    /** Posts a message below another one. */
    public Message reply(Message parent, SlackMessage message) {
        return posted(call(
                "chat.postMessage",
                slack -> slack.chatPostMessage(request -> request.channel(parent.channel())
                        .threadTs(parent.ts())
                        .text(message.text())
                        .blocksAsString(message.blockArray().toString()))));
    }

    /** Replaces a message. */
    public void update(Message old, SlackMessage message) {
        call(
                "chat.update",
                slack -> slack.chatUpdate(request -> request.channel(old.channel())
                        .ts(old.ts())
                        .text(message.text())
                        .blocksAsString(message.blockArray().toString())));
    }

    /** Who this is. */
    public SlackUser user(String id) {
        User user = call("users.info", slack -> slack.usersInfo(request -> request.user(id)))
                .getUser();
        return new SlackUser(
                user.getId(),
                user.getTeamId(),
                user.isDeleted(),
                user.isBot(),
                user.isRestricted() || user.isUltraRestricted(),
                user.isStranger());
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception failure) {
            throw new IllegalStateException("Slack's client could not be closed", failure);
        }
    }

    /** With a new token once, when Slack does not take the one that is at hand. */
    private <T extends SlackApiTextResponse> T call(String method, Call<T> call) {
        T answer = callOnce(method, call, credentials.current());
        if (!answer.isOk() && SlackErrors.isToken(answer.getError())) {
            answer = callOnce(method, call, credentials.renewed());
        }
        if (!answer.isOk()) {
            throw new SlackFailure(SlackErrors.kind(answer.getError()), method, answer.getError(), 1);
        }
        return answer;
    }

    private <T> T callOnce(String method, Call<T> call, SlackCredentials with) {
        try {
            return call.on(client.methods(with.botToken()));
        } catch (SlackApiException answered) {
            int status = answered.getResponse().code();
            Kind kind = status == TOO_MANY || status >= SERVER_ERROR ? Kind.RETRY : Kind.REFUSED;
            long after = Optional.ofNullable(answered.getResponse().header("Retry-After"))
                    .filter(seconds -> seconds.matches("\\d{1,6}"))
                    .map(Long::parseLong)
                    .orElse(1L);
            throw new SlackFailure(kind, method, "HTTP " + status, after);
        } catch (IOException failure) {
            throw new SlackFailure(method, failure);
        }
    }

    private static Message posted(ChatPostMessageResponse answer) {
        return new Message(answer.getChannel(), answer.getTs());
    }

    private interface Call<T> {
        T on(MethodsClient slack) throws IOException, SlackApiException;
    }
}
