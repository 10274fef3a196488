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

/** People, channels and messages. */
public final class SlackWorkspace {

    private static final int MICROS = 1000;
    private static final int MOST_RESPONSES = 5;
    private static final Duration RESPONSES_TAKEN = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, List<Posted>> channels = new LinkedHashMap<>();
    private final List<String> views = new ArrayList<>();
    private final Set<String> triggers = new HashSet<>();
    private final List<String> whispers = new ArrayList<>();
    private final Map<String, ResponseUrl> responseUrls = new HashMap<>();
    private long last;

    private record ResponseUrl(Instant since, int uses) {}

    /** An empty workspace. */
    public SlackWorkspace(InstantSource clock) {
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    /** What somebody is in the workspace. */
    public enum Standing {
        /** A full member. */
        MEMBER,
        /** Restricted to some channels. */
        GUEST,
        /** From another organisation. */
        STRANGER,
        /** No person. */
        BOT,
        /** Left. */
        DELETED
    }

    /** Somebody. */
    public record Person(String id, String name, String team, Standing standing) {}

    /**
     * What a message says.
     *
     * @param blocks JSON
     * @param attachments JSON: blocks beside a bar of colour
     * @param metadata JSON that nobody sees; empty for none
     */
    public record Content(String text, String blocks, String attachments, String metadata) {

        /** An update that brings no metadata leaves what was there. */
        Content keeping(String before) {
            return metadata.isEmpty() ? new Content(text, blocks, attachments, before) : this;
        }
    }

    /**
     * A message as it is now.
     *
     * @param thread the time stamp of the message that it answers
     */
    public record Posted(String channel, String ts, Optional<String> thread, Content content, boolean edited) {

        /** What notifications say. */
        public String text() {
            return content.text();
        }

        /** JSON. */
        public String blocks() {
            return content.blocks();
        }
    }

    /** Lets somebody in. */
    public synchronized void join(Person person) {
        people.put(person.id(), person);
    }

    /** Opens a channel. */
    public synchronized void open(String channel) {
        channels.putIfAbsent(channel, new ArrayList<>());
    }

    /** Everybody. */
    public synchronized List<Person> people() {
        return List.copyOf(people.values());
    }

    /** Somebody by ID. */
    public synchronized Optional<Person> person(String id) {
        return Optional.ofNullable(people.get(id));
    }

    /** What stands in a channel, or in the direct messages to somebody, oldest first. */
    public synchronized List<Posted> messages(String channel) {
        return List.copyOf(channels.getOrDefault(channel, List.of()));
    }

    /** Modals that were opened, as JSON, oldest first. */
    public synchronized List<String> views() {
        return List.copyOf(views);
    }

    /** What response URLs were told, oldest first. */
    public synchronized List<String> whispers() {
        return List.copyOf(whispers);
    }

    synchronized void open(String trigger, String view) {
        views.add(view);
        triggers.add(trigger);
    }

    /** A trigger opens one modal. */
    synchronized boolean isUsed(String trigger) {
        return triggers.contains(trigger);
    }

    /** Whether the response URL of this id still takes something. */
    synchronized boolean respond(String id, String text) {
        ResponseUrl url = responseUrls.getOrDefault(id, new ResponseUrl(clock.instant(), 0));
        if (url.uses() >= MOST_RESPONSES
                || Duration.between(url.since(), clock.instant()).compareTo(RESPONSES_TAKEN) > 0) {
            return false;
        }
        responseUrls.put(id, new ResponseUrl(url.since(), url.uses() + 1));
        whispers.add(text);
        return true;
    }

    synchronized boolean knows(String channel) {
        return channels.containsKey(channel) || people.containsKey(channel);
    }

    synchronized Posted post(String channel, Optional<String> thread, Content content) {
        var posted = new Posted(channel, timestamp(), thread, content, false);
        channels.computeIfAbsent(channel, none -> new ArrayList<>()).add(posted);
        return posted;
    }

    synchronized Optional<Posted> update(String channel, String ts, Content content) {
        List<Posted> messages = channels.getOrDefault(channel, new ArrayList<>());
        for (int i = 0; i < messages.size(); i++) {
            Posted old = messages.get(i);
            if (old.ts().equals(ts)) {
                var edited = new Posted(
                        channel, ts, old.thread(), content.keeping(old.content().metadata()), true);
                messages.set(i, edited);
                return Optional.of(edited);
            }
        }
        return Optional.empty();
    }

    /** Somebody takes a message away. */
    public synchronized void delete(Posted message) {
        channels.getOrDefault(message.channel(), new ArrayList<>()).remove(message);
    }

    /** Unique, and later than all before it. */
    private String timestamp() {
        Instant now = clock.instant();
        last = Math.max(last + 1, now.toEpochMilli() * MICROS);
        return "%d.%06d".formatted(last / 1_000_000, last % 1_000_000);
    }
}
