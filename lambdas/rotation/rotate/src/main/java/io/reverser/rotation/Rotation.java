package io.reverser.rotation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A rotation, as it was written down.
 *
 * @param token the new version of the secret
 * @param from the version before
 * @param rotated when the password before was made
 * @param under the opening that it belongs to; there is one attempt in each
 * @param before what the cluster looked like when it began
 * @param notes oldest first
 */
record Rotation(
        String token, String from, Instant rotated, String under, Before before, Instant begun, List<Note> notes) {

    Rotation {
        notes = notes.stream().sorted(Note.IN_ORDER).toList();
    }

    /** When the password was made that applications get: a rotation that was taken back counts in Secrets Manager only. */
    static Instant rotated(Optional<Rotation> newest, SecretState state) {
        return newest.filter(last -> last.has(Mark.BACK)).map(Rotation::rotated).orElse(state.rotated());
    }

    /** How far it is. */
    Mark progress() {
        return notes.stream()
                .map(Note::mark)
                .filter(Mark::isProgress)
                .max(Comparator.naturalOrder())
                .orElse(Mark.BEGUN);
    }

    boolean isOver() {
        return progress().isEnd();
    }

    /** Whether it was begun outside the windows, by leave. */
    boolean isEmergency() {
        return under.startsWith(BreakGlass.OPENING);
    }

    boolean has(Mark mark) {
        return note(mark).isPresent();
    }

    /** When that was. */
    Instant at(Mark mark) {
        return note(mark).map(Note::at).orElse(begun);
    }

    /** What was said about it. */
    String detail(Mark mark) {
        return note(mark).map(Note::detail).orElse("");
    }

    private Optional<Note> note(Mark mark) {
        return notes.stream().filter(note -> note.mark() == mark).reduce((older, newer) -> newer);
    }
}
