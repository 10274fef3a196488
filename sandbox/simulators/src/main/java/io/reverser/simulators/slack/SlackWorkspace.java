package io.reverser.simulators.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state of a Slack workspace: users, channels and messages. */
public final class SlackWorkspace {

    private static final int MICROS = 1000;
    private static final int MAX_RESPONSES = 5;
    private static final Duration RESPONSE_URL_TTL = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final Map<String, WorkspaceUser> users = new LinkedHashMap<>();
    private final Map<String, List<WorkspaceMessage>> channels = new LinkedHashMap<>();
    private final List<String> views = new ArrayList<>();
    private final Set<String> triggers = new HashSet<>();
    private final List<String> ephemeralReplies = new ArrayList<>();
    private final Map<String, ResponseUrl> responseUrls = new HashMap<>();
    private long lastTimestamp;

    private record ResponseUrl(Instant firstUsedAt, int uses) {}

    /** Creates a workspace without users and channels. */
    public SlackWorkspace(InstantSource clock) {
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    /** The type of a user's membership in the workspace. */
    public enum Membership {
        /** A full member. */
        MEMBER,
        /** A guest, restricted to some channels. */
        GUEST,
        /** A member of another organization. */
        STRANGER,
        /** A bot user. */
        BOT,
        /** A deactivated user. */
        DELETED
    }

    /** A user who can act in the workspace. */
    public record WorkspaceUser(String id, String name, String team, Membership membership) {}

    /**
     * The content of a Slack message.
     *
     * @param blocks the blocks as JSON
     * @param attachments the attachments as JSON: blocks with a color bar
     * @param metadata the metadata as JSON, which Slack does not display; empty if there is none
     */
    public record Content(String text, String blocks, String attachments, String metadata) {

        /** Returns the content of an updated message. If the update has no metadata, the message keeps its metadata. */
        Content withMetadataFrom(String before) {
            return metadata.isEmpty() ? new Content(text, blocks, attachments, before) : this;
        }
    }

    /**
     * A Slack message in its current state.
     *
     * @param threadTs the timestamp of the parent message of a thread
     */
    public record WorkspaceMessage(
            String channel, String ts, Optional<String> threadTs, Content content, boolean edited) {

        /** The text that notifications of the message show. */
        public String text() {
            return content.text();
        }

        /** The blocks of the message as JSON. */
        public String blocks() {
            return content.blocks();
        }
    }

    /** Adds a user to the workspace. */
    public synchronized void addUser(WorkspaceUser user) {
        users.put(user.id(), user);
    }

    /** Creates a channel. */
    public synchronized void createChannel(String channel) {
        channels.putIfAbsent(channel, new ArrayList<>());
    }

    /** All users. */
    public synchronized List<WorkspaceUser> users() {
        return List.copyOf(users.values());
    }

    /** The user with this ID. */
    public synchronized Optional<WorkspaceUser> user(String id) {
        return Optional.ofNullable(users.get(id));
    }

    /** The messages of a channel, or the direct messages to a user, oldest first. */
    public synchronized List<WorkspaceMessage> messages(String channel) {
        return List.copyOf(channels.getOrDefault(channel, List.of()));
    }

    /** The modals that the app has opened, as JSON, oldest first. */
    public synchronized List<String> views() {
        return List.copyOf(views);
    }

    /** The messages that the app has sent to response URLs, oldest first. */
    public synchronized List<String> ephemeralReplies() {
        return List.copyOf(ephemeralReplies);
    }

    synchronized void openView(String trigger, String view) {
        views.add(view);
        triggers.add(trigger);
    }

    /** Whether a trigger ID has already opened a modal. Each trigger ID opens only one. */
    synchronized boolean isTriggerUsed(String trigger) {
        return triggers.contains(trigger);
    }

    /** Sends a message to a response URL; returns false if the URL has been used five times or has expired. */
    synchronized boolean respond(String id, String text) {
        ResponseUrl url = responseUrls.getOrDefault(id, new ResponseUrl(clock.instant(), 0));
        if (url.uses() >= MAX_RESPONSES
                || Duration.between(url.firstUsedAt(), clock.instant()).compareTo(RESPONSE_URL_TTL) > 0) {
            return false;
        }
        responseUrls.put(id, new ResponseUrl(url.firstUsedAt(), url.uses() + 1));
        ephemeralReplies.add(text);
        return true;
    }

    synchronized boolean hasConversation(String channel) {
        return channels.containsKey(channel) || users.containsKey(channel);
    }

    synchronized WorkspaceMessage post(String channel, Optional<String> threadTs, Content content) {
        var posted = new WorkspaceMessage(channel, timestamp(), threadTs, content, false);
        channels.computeIfAbsent(channel, none -> new ArrayList<>()).add(posted);
        return posted;
    }

    synchronized Optional<WorkspaceMessage> update(String channel, String ts, Content content) {
        List<WorkspaceMessage> messages = channels.getOrDefault(channel, new ArrayList<>());
        for (int i = 0; i < messages.size(); i++) {
            WorkspaceMessage old = messages.get(i);
            if (old.ts().equals(ts)) {
                var edited = new WorkspaceMessage(
                        channel,
                        ts,
                        old.threadTs(),
                        content.withMetadataFrom(old.content().metadata()),
                        true);
                messages.set(i, edited);
                return Optional.of(edited);
            }
        }
        return Optional.empty();
    }

    /** Deletes a message, as a user would. */
    public synchronized void delete(WorkspaceMessage message) {
        channels.getOrDefault(message.channel(), new ArrayList<>()).remove(message);
    }

    /** Removes all messages, modals and ephemeral replies. Users and channels remain. */
    public synchronized void clear() {
        channels.values().forEach(List::clear);
        views.clear();
        ephemeralReplies.clear();
    }

    /** Returns a unique message timestamp, which is later than all earlier ones. */
    private String timestamp() {
        Instant now = clock.instant();
        lastTimestamp = Math.max(lastTimestamp + 1, now.toEpochMilli() * MICROS);
        return "%d.%06d".formatted(lastTimestamp / 1_000_000, lastTimestamp % 1_000_000);
    }
}
