package io.reverser.rotation;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something that happened.
 *
 * @param subject a rotation; or a window or a version of the secret, when it is about that
 * @param key of which there is one for each subject: the mark, for a step that failed with its name
 * @param detail in words, or a time; empty for most
 */
record Note(String subject, String key, Mark mark, Instant at, String detail) {

    static final Comparator<Note> IN_ORDER = Comparator.comparing(Note::at).thenComparing(Note::mark);

    static Note of(String subject, Mark mark, Instant at, String detail) {
        return new Note(subject, mark.name(), mark, at, detail);
    }

    static Note failed(String subject, Step step, Instant at, String why) {
        return new Note(
                subject, Mark.FAILED + "-" + step, Mark.FAILED, at, step.name().toLowerCase(Locale.ROOT) + ": " + why);
    }
}
