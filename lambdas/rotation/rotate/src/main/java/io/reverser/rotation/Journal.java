package io.reverser.rotation;

import io.reverser.aws.Item;
import io.reverser.rotation.JournalTable.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happened. A note is written once, and together with a copy that stays until it was told in Slack: the notes are the
 * state of a rotation, its audit record and its story at once.
 */
final class Journal {

    private static final Duration KEPT = Duration.ofDays(400);

    private final JournalTable table;
    private final Metrics metrics;
    private final String environment;
    private final InstantSource clock;

    /** What happened in the environment that the metrics are about. */
    Journal(JournalTable table, Metrics metrics) {
        this.table = table;
        this.metrics = metrics;
        this.environment = metrics.environment();
        this.clock = metrics.clock();
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether so much time has passed since then. */
    boolean isLongerThan(Duration time, Instant since) {
        return !now().isBefore(since.plus(time));
    }

    /** The rotation that began last. */
    Optional<Rotation> newest() {
        return table.get(newestKey())
                .map(item -> new Rotation(
                        item.text("token"),
                        item.text("from"),
                        Instant.parse(item.text("rotated")),
                        item.text("under"),
                        Before.of(item.text("fetch"), item.text("templates")),
                        Instant.parse(item.text("begun")),
                        about(item.text("token"))));
    }

    /**
     * Begins a rotation now, unless another one is not over.
     *
     * @param token the new version of the secret
     * @param state of the secret before
     * @param before what the cluster looks like now
     * @return whether it has begun, now or before
     */
    boolean begin(String token, SecretState state, Admission.Admitted admitted, Before before) {
        Instant now = now();
        Item rotation = newestKey()
                .text("token", token)
                .text("from", state.current())
                .text("rotated", Rotation.rotated(newest(), state).toString())
                .text("under", admitted.under())
                .text("fetch", before.fetch())
                .text("templates", before.templateText())
                .text("begun", now.toString())
                .text("over", "no");
        List<Note> notes = new ArrayList<>(List.of(Note.of(token, Mark.BEGUN, now, admitted.by())));
        if (isWaiting(admitted.under())) {
            notes.add(Note.of(admitted.under(), Mark.GOES_ON, now, ""));
        }
        return noted(table.transaction().putInstead(rotation, "over", "yes"), notes)
                || newest().filter(newest -> newest.token().equals(token) && !newest.isOver())
                        .isPresent();
    }

    /**
     * Writes down what happened, once.
     *
     * @return false when it was written down before
     */
    boolean write(String subject, Mark mark, String detail) {
        return noted(table.transaction(), Note.of(subject, mark, now(), detail));
    }

    /** Writes down that a step failed, once for each. */
    void failed(String token, Step step, String why) {
        noted(table.transaction(), Note.failed(token, step, now(), why));
    }

    /** Writes down the end of the newest rotation; of any other, only that it happened. */
    boolean end(String token, Mark mark, String detail) {
        Note note = Note.of(token, mark, now(), detail);
        return noted(table.transaction().set(newestKey(), "over", "yes", new Item().text("token", token)), note)
                || noted(table.transaction(), note);
    }

    /** What nobody was told of yet, oldest first. */
    List<Note> untold() {
        return table.find(environment + "!say", "").stream()
                .map(Journal::read)
                .sorted(Note.IN_ORDER)
                .toList();
    }

    /** It is in Slack. */
    void told(Note note) {
        table.delete(toSay(note));
    }

    /** All notes about something. */
    List<Note> about(String subject) {
        return table.find(environment, subject + "#").stream()
                .map(Journal::read)
                .toList();
    }

    /** The message below which something is told. */
    Optional<String> thread(String subject) {
        return table.get(Item.key(environment, "thread " + subject)).map(item -> item.text("ts"));
    }

    void keepThread(String subject, String ts) {
        table.put(expiring(Item.key(environment, "thread " + subject).text("ts", ts)));
    }

    /** Whether it was said that something is in the way of this, and not yet that it is gone. */
    private boolean isWaiting(String subject) {
        Set<Mark> marks = about(subject).stream().map(Note::mark).collect(Collectors.toSet());
        return marks.contains(Mark.WAITING) && !marks.contains(Mark.GOES_ON);
    }

    private boolean noted(Transaction transaction, Note note) {
        return noted(transaction, List.of(note));
    }

    private boolean noted(Transaction transaction, List<Note> notes) {
        notes.forEach(note -> transaction
                .putNew(described(Item.key(environment, note.subject() + "#" + note.key()), note))
                .put(described(toSay(note), note)));
        boolean isNew = transaction.isWritten();
        if (isNew) {
            notes.forEach(note -> {
                System.out.println(Audit.line(environment, note));
                metrics.noted(note.mark());
            });
        }
        return isNew;
    }

    private Item newestKey() {
        return Item.key(environment, "newest");
    }

    private Item toSay(Note note) {
        return Item.key(
                environment + "!say", "%013d#%s#%s".formatted(note.at().toEpochMilli(), note.subject(), note.key()));
    }

    private Item described(Item item, Note note) {
        return expiring(item.text("subject", note.subject())
                .text("key", note.key())
                .text("mark", note.mark().name())
                .text("at", note.at().toString())
                .text("detail", note.detail()));
    }

    private static Note read(Item item) {
        return new Note(
                item.text("subject"),
                item.text("key"),
                Mark.valueOf(item.text("mark")),
                Instant.parse(item.text("at")),
                item.text("detail"));
    }

    private Item expiring(Item item) {
        return item.number("expires", now().plus(KEPT).getEpochSecond());
    }
}
