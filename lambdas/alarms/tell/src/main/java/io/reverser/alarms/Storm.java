package io.reverser.alarms;

import io.reverser.alarms.Line.Kind;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackRequest.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Many alarms at once: one message that counts them, and one line for each in its thread. */
final class Storm {

    static final String FOLD = "fold ";
    static final String DIGEST = "storm ";

    /** Replies between two looks of the digest's own message, while more waits. */
    private static final int REPLIES = 20;

    private final AlarmTable table;
    private final InstantSource clock;
    private int replies;

    Storm(AlarmTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** What is told next as a storm, of what waits; nothing when there is none. What Slack refused is told alone. */
    List<Line> next(Turn turn, List<Line> waiting) {
        List<Line> news = waiting.stream()
                .filter(line -> line.kind() != Kind.REDRAW && line.kind() != Kind.RAW)
                .toList();
        boolean isOn =
                turn.digest().filter(digest -> digest.isOn(clock.instant())).isPresent();
        return news.size() >= Digest.STORM || isOn ? Wording.fitting(news) : List.of();
    }

    /** Whether the alarm has no message of its own because it is in the digest. */
    boolean knows(Turn turn, Line line) {
        return turn.digest()
                .filter(digest -> digest.message().isPresent()
                        && line.alarm().filter(digest::knows).isPresent())
                .isPresent();
    }

    /** Tells lines in the digest, and strikes them out. Where somebody took the digest away, another one begins. */
    void fold(Voice voice, List<Line> lines) {
        try {
            reply(voice, lines);
        } catch (SlackFailure failure) {
            if (!failure.isMessageGone() || voice.turn().digest().isEmpty()) {
                throw failure;
            }
            voice.remember(voice.turn().sure().withoutDigest());
            reply(voice, lines);
        }
        replies++;
        if (replies % REPLIES == 0) {
            refresh(voice);
        }
    }

    private void reply(Voice voice, List<Line> lines) {
        Instant now = clock.instant();
        Digest before = present(voice.turn(), lines, now);
        String mark = FOLD + lines.getFirst().id() + " " + lines.size();
        Digest after = before.with(lines, mark, now);
        boolean isNew = before.message().isEmpty();
        if (isNew) {
            Message posted = voice.post(
                    Wording.digest(after, before.calls(lines)),
                    DIGEST + lines.getFirst().id(),
                    List.of());
            before = before.at(posted.ts());
            after = after.at(posted.ts()).told();
            voice.remember(voice.turn().with(before));
        }
        String ts = after.message().orElseThrow();
        var news = isNew ? new HashSet<String>() : before.calls(lines);
        voice.reply(
                ts,
                Wording.lines(lines, news),
                mark,
                lines.stream().map(Line::id).toList());
        settle(voice, after, lines);
    }

    /** Makes the digest's message say what the digest says, if it does not; one that cannot be changed is not gone on with. */
    void refresh(Voice voice) {
        Optional<Digest> stale = voice.turn().digest().filter(Digest::isStale);
        if (stale.flatMap(Digest::message).isPresent()) {
            Digest digest = stale.get();
            try {
                voice.update(digest.message().orElseThrow(), Wording.digest(digest, List.of()));
                voice.remember(voice.turn().with(digest.told()));
            } catch (SlackFailure failure) {
                if (failure.kind() == SlackFailure.Kind.RETRY) {
                    throw failure;
                }
                voice.remember(voice.turn().withoutDigest());
            }
        }
    }

    /** The lines of a reply that is there are counted once and struck out. */
    void settle(Voice voice, Digest after, List<Line> lines) {
        lines.stream()
                .filter(line -> line.kind() == Line.Kind.CHANGE)
                .flatMap(line -> line.alarm().stream())
                .distinct()
                .filter(alarm -> hasMessage(voice.turn().channel(), alarm))
                .forEach(alarm -> table.add(voice.turn().channel(), Line.redraw(alarm, clock.instant())));
        voice.remember(voice.turn().with(after));
        voice.save();
        table.strike(voice.turn().channel(), lines.stream().map(Line::id).toList());
        voice.remember(voice.turn().sure());
    }

    /** One that rang before the storm; its message changes with each line of the storm that is about it. */
    private boolean hasMessage(String channel, String alarm) {
        return table.find(channel, alarm)
                .flatMap(kept -> kept.shown().message())
                .isPresent();
    }

    private static Digest present(Turn turn, List<Line> lines, Instant now) {
        return turn.digest()
                .filter(digest -> digest.message().isPresent())
                .filter(digest -> digest.isOn(now)
                        || lines.stream()
                                .allMatch(line ->
                                        line.alarm().filter(digest::knows).isPresent()))
                .orElseGet(() -> Digest.begin(now));
    }
}
