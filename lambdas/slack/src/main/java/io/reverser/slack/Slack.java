package io.reverser.slack;

import com.slack.api.model.User;
import io.reverser.slack.SlackFailure.Kind;
import io.reverser.slack.SlackRequest.Message;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Slack's Web API. Every failure is sorted into a {@link SlackFailure}. */
public final class Slack implements AutoCloseable {

    private static final int LOOKED_AT = 200;

    private final SlackCalls calls;

    /**
     * Nothing is called yet.
     *
     * @param api like {@code https://slack.com/api/}
     */
    public Slack(URI api, CachedCredentials credentials) {
        this.calls = new SlackCalls(api, credentials);
    }

    /**
     * Posts a message. After a failure of the kind {@link Kind#RETRY} it may be there all the same.
     *
     * @param channel a channel ID, or a user ID for a direct message
     */
    public Message post(String channel, SlackMessage message) {
        return post(channel, Optional.empty(), message);
    }

    /** Posts a message below another one. */
    public Message reply(Message parent, SlackMessage message) {
        return post(parent.channel(), Optional.of(parent.ts()), message);
    }

    private Message post(String channel, Optional<String> thread, SlackMessage message) {
        var answer = calls.call(
                "chat.postMessage",
                slack -> slack.chatPostMessage(request -> request.channel(channel)
                        .threadTs(thread.orElse(null))
                        .text(message.text())
                        .blocksAsString(message.blockArray().toString())
                        .attachmentsAsString(message.attachments().toString())
                        .metadataAsString(message.metadata().orElse(null))));
        return new Message(answer.getChannel(), answer.getTs());
    }

    /** Replaces a message. */
    public void update(Message old, SlackMessage message) {
        calls.call(
                "chat.update",
                slack -> slack.chatUpdate(request -> request.channel(old.channel())
                        .ts(old.ts())
                        .text(message.text())
                        .blocksAsString(message.blockArray().toString())
                        .attachmentsAsString(message.attachments().toString())
                        .metadataAsString(message.metadata().orElse(null))));
    }

    /**
     * Looks for a message of ours by its mark, among the newest of a channel.
     *
     * @param since not before this
     */
    public Optional<Message> find(String channel, String mark, Instant since) {
        return marked(
                channel,
                mark,
                calls.call(
                                "conversations.history",
                                slack -> slack.conversationsHistory(request -> request.channel(channel)
                                        .oldest(Long.toString(since.getEpochSecond()))
                                        .limit(LOOKED_AT)
                                        .includeAllMetadata(true)))
                        .getMessages());
    }

    /** Looks for a reply of ours by its mark. */
    public Optional<Message> findReply(Message parent, String mark) {
        return marked(
                parent.channel(),
                mark,
                calls.call(
                                "conversations.replies",
                                slack -> slack.conversationsReplies(request -> request.channel(parent.channel())
                                        .ts(parent.ts())
                                        .limit(LOOKED_AT)
                                        .includeAllMetadata(true)))
                        .getMessages());
    }

    private static Optional<Message> marked(String channel, String mark, List<com.slack.api.model.Message> candidates) {
        return candidates.stream()
                .filter(message -> message.getMetadata() != null
                        && mark.equals(message.getMetadata().getEventPayload().get(SlackMessage.MARK)))
                .findFirst()
                .map(message -> new Message(channel, message.getTs()));
    }

    /** Who this is. */
    public SlackUser user(String id) {
        User user = calls.call("users.info", slack -> slack.usersInfo(request -> request.user(id)))
                .getUser();
        return new SlackUser(
                user.getId(),
                user.getTeamId(),
                user.isDeleted(),
                user.isBot(),
                user.isRestricted() || user.isUltraRestricted(),
                user.isStranger());
    }

    /** Pictures in Slack. */
    public SlackFiles files() {
        return new SlackFiles(calls);
    }

    @Override
    public void close() {
        calls.close();
    }
}
