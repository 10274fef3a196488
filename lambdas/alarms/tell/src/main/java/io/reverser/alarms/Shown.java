package io.reverser.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Slack shows of an alarm, and what people said about it.
 *
 * @param message its message's time stamp; empty when it has none of its own
 * @param above the time stamp of the message in whose thread it is told instead
 * @param called whom the message called when it was posted
 * @param pictures files in its message
 * @param care who looks after it
 * @param silence who wants to hear less of it
 */
record Shown(
        Optional<String> message,
        Optional<String> above,
        List<String> called,
        Optional<Pictures> pictures,
        Optional<Care> care,
        Optional<Silence> silence) {

    Shown {
        called = List.copyOf(called);
    }

    /** Nothing yet. */
    static final Shown NOTHING = new Shown(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Somebody looks after it. */
    record Care(String by, Instant since) {}

    /**
     * Nobody is called and no thread grows; the message stays true all the same.
     *
     * @param until empty for until it is fine
     */
    record Silence(String by, Optional<Instant> until) {

        static Silence lasting(String by, Optional<Duration> time, Instant now) {
            return new Silence(by, time.map(now::plus));
        }
    }

    /**
     * Files.
     *
     * @param of when the alarm became what they show
     */
    record Pictures(List<String> files, Instant of) {

        Pictures {
            files = List.copyOf(files);
        }
    }

    /** What is left of it when the alarm rings anew: a silence that was to last for hours lasts. */
    Shown next(Instant now) {
        return new Shown(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                silence.filter(wish -> wish.until().filter(now::isBefore).isPresent()));
    }

    boolean isSilent(Instant now) {
        return silence.filter(wish -> wish.until().map(now::isBefore).orElse(true))
                .isPresent();
    }

    /**
     * After the alarm changed: a silence until it is fine ends with that, and care with the next ring.
     *
     * @param rangAgain whether it rings after it was fine
     */
    Shown after(boolean rangAgain, boolean isOver) {
        return new Shown(
                message,
                above,
                called,
                pictures,
                rangAgain ? Optional.empty() : care,
                silence.filter(wish -> wish.until().isPresent() || !isOver));
    }

    /** A message of its own, which called somebody. */
    Shown at(String ts, List<String> mentions) {
        return new Shown(Optional.of(ts), Optional.empty(), mentions, pictures, care, silence);
    }

    Shown below(String ts) {
        return new Shown(message, Optional.of(ts), called, pictures, care, silence);
    }

    /** The alarm above it is over. */
    Shown alone() {
        return new Shown(message, Optional.empty(), called, pictures, care, silence);
    }

    Shown with(Pictures drawn) {
        return new Shown(message, above, called, Optional.of(drawn), care, silence);
    }

    Shown with(Care somebody) {
        return new Shown(message, above, called, pictures, Optional.of(somebody), silence);
    }

    /** Without silence. */
    Shown heard() {
        return new Shown(message, above, called, pictures, care, Optional.empty());
    }

    Shown with(Silence wish) {
        return new Shown(message, above, called, pictures, care, Optional.of(wish));
    }
}
