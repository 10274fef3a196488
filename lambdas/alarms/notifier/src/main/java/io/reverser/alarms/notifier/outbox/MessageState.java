package io.reverser.alarms.notifier.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Slack shows of an alarm, and what people said about it.
 *
 * @param messageTs its message's time stamp; empty when it has none of its own
 * @param parentTs the time stamp of the message in whose thread it is told instead
 * @param mentioned whom the message called when it was posted
 * @param graphs files in its message
 * @param acknowledgement who looks after it
 * @param mute who wants to hear less of it
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

    /** Nothing yet. */
    public static final MessageState NOT_POSTED = new MessageState(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A user takes care of the alarm. */
    public record Acknowledgement(String by, Instant since) {}

    /**
     * No mentions and no replies in the thread; the message itself is still updated.
     *
     * @param until empty for until it is fine
     */
    public record Mute(String by, Optional<Instant> until) {

        public static Mute startingAt(String by, Optional<Duration> duration, Instant now) {
            return new Mute(by, duration.map(now::plus));
        }
    }

    /**
     * Files.
     *
     * @param stateSince when the alarm became what they show
     */
    public record Graphs(List<String> fileIds, Instant stateSince) {

        public Graphs {
            fileIds = List.copyOf(fileIds);
        }
    }

    /** What is left of it when the alarm rings anew: a silence that was to last for hours lasts. */
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
     * After the alarm changed: a silence until it is fine ends with that, and care with the next ring.
     *
     * @param firedAgain whether it rings after it was fine
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

    /** With a message of its own, and whom it mentioned. */
    public MessageState withMessage(String ts, List<String> mentions) {
        return new MessageState(Optional.of(ts), Optional.empty(), mentions, graphs, acknowledgement, mute);
    }

    public MessageState foldedUnder(String ts) {
        return new MessageState(messageTs, Optional.of(ts), mentioned, graphs, acknowledgement, mute);
    }

    /** The alarm above it is over. */
    public MessageState unfolded() {
        return new MessageState(messageTs, Optional.empty(), mentioned, graphs, acknowledgement, mute);
    }

    public MessageState with(Graphs newGraphs) {
        return new MessageState(messageTs, parentTs, mentioned, Optional.of(newGraphs), acknowledgement, mute);
    }

    public MessageState with(Acknowledgement newAcknowledgement) {
        return new MessageState(messageTs, parentTs, mentioned, graphs, Optional.of(newAcknowledgement), mute);
    }

    /** Without silence. */
    public MessageState unmuted() {
        return new MessageState(messageTs, parentTs, mentioned, graphs, acknowledgement, Optional.empty());
    }

    public MessageState with(Mute newMute) {
        return new MessageState(messageTs, parentTs, mentioned, graphs, acknowledgement, Optional.of(newMute));
    }
}
