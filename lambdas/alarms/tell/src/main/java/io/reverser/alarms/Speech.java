package io.reverser.alarms;

import io.reverser.alarms.Line.Kind;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Watched.Alarms;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells one line, whatever it takes. Whoever calls has the channel's turn. */
final class Speech {

    /** A line that waited for so long may have been said by somebody who could not write that down. */
    private static final Duration OLD = Duration.ofSeconds(10);

    private final AlarmTable table;
    private final Storm storm;
    private final InstantSource clock;

    Speech(AlarmTable table, Storm storm, InstantSource clock) {
        this.table = table;
        this.storm = storm;
        this.clock = clock;
    }

    /** Tells it. */
    void tell(Voice voice, Line line) {
        String channel = voice.turn().channel();
        Optional<Kept> found = line.alarm().flatMap(alarm -> table.find(channel, alarm));
        if (found.isEmpty()) {
            if (line.kind() != Kind.REDRAW && !isSaid(voice, line)) {
                voice.post(
                        line.kind() == Kind.RAW ? Wording.raw(line) : Wording.plain(line),
                        line.id(),
                        List.of(line.id()));
            }
        } else {
            tell(voice, line, found.get());
        }
        table.strike(channel, List.of(line.id()));
        voice.remember(voice.turn().sure());
    }

    private void tell(Voice voice, Line line, Kept kept) {
        switch (line.kind()) {
            case BEGIN -> begin(voice, line, kept);
            case CHANGE -> {
                Shown before = placed(voice.turn().channel(), line, kept.shown());
                change(voice, line, kept.with(before.after(line.again(), line.isEnd())));
            }
            case LATE -> note(voice, line, kept);
            case RAW -> voice.post(Wording.raw(line), line.id(), List.of(line.id()));
            case REDRAW -> redraw(voice, line, kept);
        }
    }

    private void begin(Voice voice, Line line, Kept kept) {
        Optional<String> above = parent(voice.turn().channel(), line);
        if (above.isPresent()) {
            voice.reply(above.get(), Wording.note(line, true), line.id(), List.of(line.id()));
            table.show(voice.turn().channel(), kept.episode(), kept.shown().below(above.get()));
        } else {
            post(voice, line, kept);
        }
    }

    /** A message of its own. */
    private void post(Voice voice, Line line, Kept kept) {
        String channel = voice.turn().channel();
        if (kept.change().watched() instanceof Alarms alarms && !kept.episode().isOver()) {
            table.adopt(
                    channel, kept.episode().alarm(), alarms.keys(kept.change().alarm()));
        }
        String ts = said(voice, line)
                .orElseGet(() -> voice.post(Wording.alarm(kept, line, clock.instant()), line.id(), List.of(line.id()))
                        .ts());
        table.show(channel, kept.episode(), kept.shown().at(ts, line.mentions()));
        foldChildren(channel, kept, ts);
    }

    private void change(Voice voice, Line line, Kept kept) {
        Shown shown = kept.shown();
        if (shown.message().isPresent()) {
            if (!update(voice, kept, Wording.alarm(kept, line, clock.instant()))) {
                post(voice, line, kept);
                return;
            }
            table.show(voice.turn().channel(), kept.episode(), shown);
            if (!shown.isSilent(clock.instant())) {
                reply(
                        voice,
                        shown.above().orElseGet(shown.message()::get),
                        line,
                        shown.above().isPresent());
            }
            unfoldChildren(voice.turn().channel(), kept);
        } else if (shown.above().isPresent()) {
            reply(voice, shown.above().get(), line, true);
        } else if (storm.knows(voice.turn(), line)) {
            storm.fold(voice, List.of(line));
        } else {
            post(voice, line, kept);
        }
    }

    private void note(Voice voice, Line line, Kept kept) {
        Optional<String> thread = kept.shown().message().or(() -> kept.shown().above());
        if (thread.isPresent()) {
            reply(voice, thread.get(), line, kept.shown().message().isEmpty());
            table.add(voice.turn().channel(), Line.redraw(kept.episode().alarm(), clock.instant()));
        } else if (storm.knows(voice.turn(), line)) {
            storm.fold(voice, List.of(line));
        } else if (!isSaid(voice, line)) {
            voice.post(Wording.note(line, true), line.id(), List.of(line.id()));
        }
    }

    private void redraw(Voice voice, Line line, Kept kept) {
        if (kept.shown().message().isPresent()) {
            update(voice, kept, Wording.alarm(kept, clock.instant()));
        } else if (kept.shown().above().isEmpty() && !kept.episode().isOver()) {
            // There may be one of an hour ago, and a mark is looked for.
            String mark = line.id() + " " + line.recorded();
            String ts = voice.post(Wording.alarm(kept, clock.instant()), mark, List.of(line.id()))
                    .ts();
            table.show(voice.turn().channel(), kept.episode(), kept.shown().at(ts, List.of()));
        }
    }

    /** A part of a composite alarm is told below that one while that rings. What ends there ends there, however late. */
    private Shown placed(String channel, Line line, Shown shown) {
        boolean isAlone = shown.above().isPresent()
                && parent(channel, line).isEmpty()
                && (shown.message().isPresent() || !line.isEnd());
        return isAlone ? shown.alone() : shown;
    }

    /** Whoever reads the thread of another alarm has to be told which alarm it is about. */
    private void reply(Voice voice, String thread, Line line, boolean isNamed) {
        boolean isThere = isOld(line)
                && voice.said(new Turn.Doubt(line.id(), Optional.of(thread), List.of()))
                        .isPresent();
        if (!isThere) {
            voice.reply(thread, Wording.note(line, isNamed), line.id(), List.of(line.id()));
        }
    }

    /** False when somebody took the message away. */
    private static boolean update(Voice voice, Kept kept, SlackMessage message) {
        try {
            voice.updateAnyway(kept.shown().message().orElseThrow(), message);
            return true;
        } catch (SlackFailure failure) {
            if (failure.isMessageGone()) {
                return false;
            }
            throw failure;
        }
    }

    private boolean isSaid(Voice voice, Line line) {
        return said(voice, line).isPresent();
    }

    private Optional<String> said(Voice voice, Line line) {
        return isOld(line) ? voice.find(line.id()).map(message -> message.ts()) : Optional.empty();
    }

    private boolean isOld(Line line) {
        return clock.instant().isAfter(line.recorded().plus(OLD));
    }

    /** The message of the alarm below which this one is told, while that rings. */
    private Optional<String> parent(String channel, Line line) {
        return line.alarm()
                .flatMap(alarm -> table.parent(channel, alarm))
                .flatMap(parent -> table.find(channel, parent))
                .filter(parent -> !parent.episode().isOver())
                .flatMap(parent -> parent.shown().message());
    }

    /** Those that still ring when the alarm above them is over stand for themselves again. */
    private void unfoldChildren(String channel, Kept kept) {
        if (kept.change().watched() instanceof Alarms alarms && kept.episode().isOver()) {
            for (String child : alarms.keys(kept.change().alarm())) {
                table.find(channel, child)
                        .filter(found -> !found.episode().isOver()
                                && found.shown().above().equals(kept.shown().message()))
                        .ifPresent(found -> {
                            table.show(channel, found.episode(), found.shown().alone());
                            table.add(channel, Line.redraw(child, clock.instant()));
                        });
            }
        }
    }

    /** Their messages become small: the one above says it all. */
    private void foldChildren(String channel, Kept kept, String ts) {
        Change change = kept.change();
        if (change.watched() instanceof Alarms alarms && !kept.episode().isOver()) {
            for (String child : alarms.keys(change.alarm())) {
                table.find(channel, child)
                        .filter(found -> !found.episode().isOver()
                                && found.shown().message().isPresent()
                                && found.shown().above().isEmpty())
                        .ifPresent(found -> {
                            table.show(channel, found.episode(), found.shown().below(ts));
                            table.add(channel, Line.redraw(child, clock.instant()));
                        });
            }
        }
    }
}
