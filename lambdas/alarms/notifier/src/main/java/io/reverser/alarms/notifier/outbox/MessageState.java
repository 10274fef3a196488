package io.reverser.alarms.notifier.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of an alarm's Slack message, with the alarm's acknowledgement and mute.
 *
 * @param messageTs the timestamp of the alarm's own message; empty if it has none
 * @param parentTs the timestamp of the composite alarm's message in whose thread this alarm is published
 * @param mentioned the users and user groups that the message mentioned when it was posted
 * @param graphs the graphs in the message
 * @param acknowledgement who acknowledged the alarm
 * @param mute who muted the alarm
 */
public record MessageState(
        Optional<String> messageTs,
        Optional<String> parentTs,
        List<String> mentioned,
        Optional<Graphs> graphs,
        Optional<Acknowledgement> acknowledgement,
        Optional<Mute> mute) {

    public MessageState {
        mentioned = List.copyOf(mentioned);
    }

    /** The state before the alarm's first message is posted. */
    public static final MessageState NOT_POSTED = new MessageState(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A user acknowledged the alarm. */
    public record Acknowledgement(String by, Instant since) {}

    /**
     * A user muted the alarm: no mentions and no replies in the thread, but the message itself is still updated.
     *
     * @param until when the mute ends; empty if it ends when the alarm is resolved
     */
    public record Mute(String by, Optional<Instant> until) {

        public static Mute startingAt(String by, Optional<Duration> duration, Instant now) {
            return new Mute(by, duration.map(now::plus));
        }
    }

    /**
     * Graphs in a message.
     *
     * @param stateSince when the alarm entered the state that the graphs show
     */
    public record Graphs(List<String> fileIds, Instant stateSince) {

        public Graphs {
            fileIds = List.copyOf(fileIds);
        }
    }

    /** The state for the message of the next episode: a mute for some hours continues in the next episode. */
    MessageState forNewEpisode(Instant now) {
        return new MessageState(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                mute.filter(current -> current.until().filter(now::isBefore).isPresent()));
    }

    public boolean isMuted(Instant now) {
        return mute.filter(current -> current.until().map(now::isBefore).orElse(true))
                .isPresent();
    }

    /**
     * The state after a change: a mute until OK ends when the alarm is resolved, an acknowledgement when it fires
     * again.
     *
     * @param firedAgain whether this change is to ALARM after the alarm was resolved
     */
    public MessageState afterChange(boolean firedAgain, boolean isOver) {
        return new MessageState(
                messageTs,
                parentTs,
                mentioned,
                graphs,
                firedAgain ? Optional.empty() : acknowledgement,
                mute.filter(current -> current.until().isPresent() || !isOver));
    }

    /** The state after the alarm's own message was posted, with these mentions. */
    public MessageState withMessage(String ts, List<String> mentions) {
        return new MessageState(Optional.of(ts), Optional.empty(), mentions, graphs, acknowledgement, mute);
    }

    public MessageState foldedUnder(String ts) {
        return new MessageState(messageTs, Optional.of(ts), mentioned, graphs, acknowledgement, mute);
    }

    /**
     * The state after the composite alarm was resolved: the alarm is no longer published in the composite alarm's
     * thread.
     */
    public MessageState unfolded() {
        return new MessageState(messageTs, Optional.empty(), mentioned, graphs, acknowledgement, mute);
    }

    public MessageState with(Graphs newGraphs) {
        return new MessageState(messageTs, parentTs, mentioned, Optional.of(newGraphs), acknowledgement, mute);
    }

    public MessageState with(Acknowledgement newAcknowledgement) {
        return new MessageState(messageTs, parentTs, mentioned, graphs, Optional.of(newAcknowledgement), mute);
    }

    public MessageState unmuted() {
        return new MessageState(messageTs, parentTs, mentioned, graphs, acknowledgement, Optional.empty());
    }

    public MessageState with(Mute newMute) {
        return new MessageState(messageTs, parentTs, mentioned, graphs, acknowledgement, Optional.of(newMute));
    }
}
