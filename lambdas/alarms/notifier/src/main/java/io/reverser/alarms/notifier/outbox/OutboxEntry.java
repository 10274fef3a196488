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
 * A change that is not yet published in a channel. The DynamoDB table keeps the entry until the change is in Slack.
 *
 * @param id sorts by time, and is the same for each delivery of the same change
 * @param alarmKey the {@link AlarmId#key}; empty for a notification that is not a state change of an alarm
 * @param payload the notification as received
 * @param tags the looked-up tags
 * @param firedAgain whether this change is to ALARM after the alarm was resolved
 * @param mentions Slack IDs of users and user groups to mention
 * @param explanation why the change is not published as its route says
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

    /** How the entry is published. */
    public enum Kind {
        /** A new message is posted. */
        NEW_MESSAGE,
        /** The alarm's message is updated, with a reply in its thread. */
        UPDATE,
        /** Only a reply in the thread of the alarm's message is posted. */
        LATE_NOTE,
        /** The payload is posted as received, because Slack rejected the formatted message. */
        PLAIN_TEXT,
        /** The alarm's message is updated, or posted if there is none; there is no new change. */
        REFRESH
    }

    public OutboxEntry {
        tags = Map.copyOf(tags);
        payload = payload.withTags(tags);
        mentions = List.copyOf(mentions);
    }

    /**
     * Selects the next entry to publish: the oldest, but a {@link Kind#LATE_NOTE} only after the message in whose
     * thread it is posted.
     *
     * @param pending the pending outbox entries, oldest first; not empty
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

    /** An entry that refreshes an alarm's message; its ID sorts after all changes. */
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

    /** Whether this change resolved the alarm; the alarm may have fired again since. */
    @JsonIgnore
    public boolean isResolution() {
        return notification() instanceof AlarmNotification.StateChange change && change.state() == AlarmState.OK;
    }

    /** The same change as plain text. */
    public OutboxEntry asPlainText(String reason) {
        return new OutboxEntry(
                id, Kind.PLAIN_TEXT, alarmKey, payload, tags, firedAgain, mentions, recordedAt, Optional.of(reason));
    }

    /** The ID of the outbox entry for a notification. */
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
