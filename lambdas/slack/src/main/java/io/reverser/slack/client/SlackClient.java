package io.reverser.slack.client;

import com.slack.api.model.User;
import io.reverser.slack.client.SlackException.Kind;
import io.reverser.slack.message.SlackMessage;
import io.reverser.slack.request.SlackRequest.PostedMessage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A client for Slack's Web API. Every failure becomes a {@link SlackException}. */
public final class SlackClient implements AutoCloseable {

    private static final int SEARCH_LIMIT = 200;

    private final SlackApiClient client;
    private final SlackFiles files;

    /**
     * Creates the client without calling Slack.
     *
     * @param api the base URL of Slack's Web API, such as {@code https://slack.com/api/}
     */
    public SlackClient(URI api, SlackCredentialsCache credentials) {
        this.client = new SlackApiClient(api, credentials);
        this.files = new SlackFiles(client);
    }

    /**
     * Posts a message. If the call fails with the kind {@link Kind#RETRYABLE}, Slack may have posted the message
     * nevertheless.
     *
     * @param channel the ID of a channel, or of a user for a direct message
     */
    public PostedMessage post(String channel, SlackMessage message) {
        return post(channel, Optional.empty(), message);
    }

    /** Replies in the thread of a message. */
    public PostedMessage reply(PostedMessage parent, SlackMessage message) {
        return post(parent.channel(), Optional.of(parent.ts()), message);
    }

    private PostedMessage post(String channel, Optional<String> thread, SlackMessage message) {
        var response = client.call(
                "chat.postMessage",
                slack -> slack.chatPostMessage(request -> request.channel(channel)
                        .threadTs(thread.orElse(null))
                        .text(message.text())
                        .blocksAsString(message.topLevelBlocks().toString())
                        .attachmentsAsString(message.attachments().toString())
                        .metadataAsString(message.metadata().orElse(null))));
        return new PostedMessage(response.getChannel(), response.getTs());
    }

    /** Updates a message. */
    public void update(PostedMessage posted, SlackMessage message) {
        client.call(
                "chat.update",
                slack -> slack.chatUpdate(request -> request.channel(posted.channel())
                        .ts(posted.ts())
                        .text(message.text())
                        .blocksAsString(message.topLevelBlocks().toString())
                        .attachmentsAsString(message.attachments().toString())
                        .metadataAsString(message.metadata().orElse(null))));
    }

    /**
     * Finds a message of this app by its deduplication key, among the newest messages of a channel.
     *
     * @param since messages older than this time are not searched
     */
    public Optional<PostedMessage> find(String channel, String dedupKey, Instant since) {
        return findByDedupKey(
                channel,
                dedupKey,
                client.call(
                                "conversations.history",
                                slack -> slack.conversationsHistory(request -> request.channel(channel)
                                        .oldest(Long.toString(since.getEpochSecond()))
                                        .limit(SEARCH_LIMIT)
                                        .includeAllMetadata(true)))
                        .getMessages());
    }

    /** Finds a reply of this app by its deduplication key, in the thread of a message. */
    public Optional<PostedMessage> findReply(PostedMessage parent, String dedupKey) {
        return findByDedupKey(
                parent.channel(),
                dedupKey,
                client.call(
                                "conversations.replies",
                                slack -> slack.conversationsReplies(request -> request.channel(parent.channel())
                                        .ts(parent.ts())
                                        .limit(SEARCH_LIMIT)
                                        .includeAllMetadata(true)))
                        .getMessages());
    }

    private static Optional<PostedMessage> findByDedupKey(
            String channel, String dedupKey, List<com.slack.api.model.Message> candidates) {
        return candidates.stream()
                .filter(message -> message.getMetadata() != null
                        && dedupKey.equals(
                                message.getMetadata().getEventPayload().get(SlackMessage.METADATA_DEDUP_KEY)))
                .findFirst()
                .map(message -> new PostedMessage(channel, message.getTs()));
    }

    /** Looks up a user by ID. */
    public SlackUser findUser(String id) {
        User user = client.call("users.info", slack -> slack.usersInfo(request -> request.user(id)))
                .getUser();
        return new SlackUser(
                user.getId(),
                user.getTeamId(),
                user.isDeleted(),
                user.isBot(),
                user.isRestricted() || user.isUltraRestricted(),
                user.isStranger());
    }

    /** The part of the client that uploads images. */
    public SlackFiles files() {
        return files;
    }

    @Override
    public void close() {
        client.close();
    }
}
