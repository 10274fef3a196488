package io.reverser.alarms;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a channel has yet to be told. It stands in the table until it is in Slack.
 *
 * @param id in the order of time, and the same for each delivery of the same
 * @param alarm its {@link AlarmId#key}; empty for what is no alarm
 * @param body as it arrived
 * @param tags that were looked up
 * @param again whether the alarm rings after it was fine
 * @param mentions who is called for it, by Slack's IDs
 * @param because why it is here and not where it belongs
 */
record Line(
        String id,
        Kind kind,
        Optional<String> alarm,
        String body,
        Map<String, String> tags,
        boolean again,
        List<String> mentions,
        Instant recorded,
        Optional<String> because) {

    /** How it is told. */
    enum Kind {
        /** A message of its own. */
        BEGIN,
        /** The alarm's message is changed, and its thread says so. */
        CHANGE,
        /** Only the thread says so. */
        LATE,
        /** As it came, because Slack took nothing else. */
        RAW,
        /** The alarm's message is drawn once more, or gets to be one; nothing new is said. */
        REDRAW
    }

    Line {
        tags = Map.copyOf(tags);
        mentions = List.copyOf(mentions);
    }

    /**
     * What is told next of what waits: the oldest; but what came late waits for the message that it belongs to.
     *
     * @param waiting oldest first, and some
     */
    static Line next(List<Line> waiting) {
        Line oldest = waiting.getFirst();
        return waiting.stream()
                .filter(line -> oldest.kind() == Kind.LATE
                        && line.kind() == Kind.BEGIN
                        && line.alarm().equals(oldest.alarm()))
                .findFirst()
                .orElse(oldest);
    }

    /** Draws an alarm's message again, some time. */
    static Line redraw(String alarm, Instant now) {
        return new Line(
                "2#" + alarm, Kind.REDRAW, Optional.of(alarm), "", Map.of(), false, List.of(), now, Optional.empty());
    }

    Notice notice() {
        Notice notice = NoticeReader.read(body).getFirst();
        return notice instanceof Notice.Change change ? change.with(tags) : notice;
    }

    /** Whether the alarm became fine; it may ring again by now. */
    @JsonIgnore
    boolean isEnd() {
        return notice() instanceof Notice.Change change && change.state() == AlarmState.OK;
    }

    /** The same as it came. */
    Line raw(String reason) {
        return new Line(id, Kind.RAW, alarm, body, tags, again, mentions, recorded, Optional.of(reason));
    }

    /** The id of the line about something. */
    static String id(Notice notice, String body) {
        return switch (notice) {
            case Notice.Change change -> id(change.at(), change.key());
            case Notice.Reconfigured change -> id(change.at(), body);
            case Notice.Other other -> id(Instant.EPOCH, body);
        };
    }

    private static String id(Instant at, String what) {
        byte[] hash = sha256(what.getBytes(StandardCharsets.UTF_8));
        return "1#%013d#%s".formatted(at.toEpochMilli(), HexFormat.of().formatHex(hash, 0, 10));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
