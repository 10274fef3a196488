package io.reverser.alarms.notifier.outbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.runtime.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a channel has yet to be told. It stands in the table until it is in Slack.
 *
 * @param id in the order of time, and the same for each delivery of the same
 * @param alarmKey its {@link AlarmId#key}; empty for what is no alarm
 * @param payload as it arrived
 * @param tags that were looked up
 * @param firedAgain whether the alarm rings after it was fine
 * @param mentions who is called for it, by Slack's IDs
 * @param explanation why it is here and not where it belongs
 */
public record OutboxEntry(
        String id,
        Kind kind,
        Optional<String> alarmKey,
        AlarmPayload payload,
        Map<String, String> tags,
        boolean firedAgain,
        List<String> mentions,
        Instant recordedAt,
        Optional<String> explanation) {

    /** How it is told. */
    public enum Kind {
        /** A message of its own. */
        NEW_MESSAGE,
        /** The alarm's message is changed, and its thread says so. */
        UPDATE,
        /** Only the thread says so. */
        LATE_NOTE,
        /** As it came, because Slack took nothing else. */
        PLAIN_TEXT,
        /** The alarm's message is drawn once more, or gets to be one; nothing new is said. */
        REFRESH
    }

    public OutboxEntry {
        tags = Map.copyOf(tags);
        payload = payload.withTags(tags);
        mentions = List.copyOf(mentions);
    }

    /**
     * What is told next of what waits: the oldest; but what came late waits for the message that it belongs to.
     *
     * @param pending oldest first, and some
     */
    public static OutboxEntry selectNext(List<OutboxEntry> pending) {
        OutboxEntry oldest = pending.getFirst();
        return pending.stream()
                .filter(entry -> oldest.kind() == Kind.LATE_NOTE
                        && entry.kind() == Kind.NEW_MESSAGE
                        && entry.alarmKey().equals(oldest.alarmKey()))
                .findFirst()
                .orElse(oldest);
    }

    /** Draws an alarm's message again, some time. */
    public static OutboxEntry refresh(String alarm, Instant now) {
        return new OutboxEntry(
                "2#" + alarm,
                Kind.REFRESH,
                Optional.of(alarm),
                new AlarmPayload("", new AlarmNotification.Unrecognised(Optional.empty(), "")),
                Map.of(),
                false,
                List.of(),
                now,
                Optional.empty());
    }

    public AlarmNotification notification() {
        return payload.notification();
    }

    /** Whether the alarm became fine; it may ring again by now. */
    @JsonIgnore
    public boolean isResolution() {
        return notification() instanceof AlarmNotification.StateChange change && change.state() == AlarmState.OK;
    }

    /** The same as it came. */
    public OutboxEntry asPlainText(String reason) {
        return new OutboxEntry(
                id, Kind.PLAIN_TEXT, alarmKey, payload, tags, firedAgain, mentions, recordedAt, Optional.of(reason));
    }

    /** The id of the entry about something. */
    public static String idFor(AlarmPayload payload) {
        return switch (payload.notification()) {
            case AlarmNotification.StateChange change -> idFor(change.at(), change.key());
            case AlarmNotification.ConfigurationChange change -> idFor(change.at(), payload.text());
            case AlarmNotification.Unrecognised other -> idFor(Instant.EPOCH, payload.text());
        };
    }

    private static String idFor(Instant at, String what) {
        byte[] hash = Sha256.hash(what.getBytes(StandardCharsets.UTF_8));
        return "1#%013d#%s".formatted(at.toEpochMilli(), HexFormat.of().formatHex(hash, 0, 10));
    }
}
