package io.reverser.alarms;

import io.reverser.alarms.Line.Kind;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.Turn.Doubt;
import io.reverser.alarms.Turns.Busy;
import io.reverser.aws.AwsFailure;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackRequest.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells a channel what it has yet to be told, as far as Slack lets it, one turn at a time. */
final class Herald {

    private static final Logger LOG = Logger.getLogger(Herald.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    /** Whoever has the turn tells what waits as well; what comes meanwhile is written down first. */
    private static final Duration NEXT_LOOK_IN_A_STORM = Duration.ofSeconds(5);

    private final AlarmTable table;
    private final Turns turns;
    private final Slack slack;
    private final Voice.Pace pace;
    private final Metrics metrics;

    Herald(AlarmTable table, Turns turns, Slack slack, Voice.Pace pace, Metrics metrics) {
        this.table = table;
        this.turns = turns;
        this.slack = slack;
        this.pace = pace;
        this.metrics = metrics;
    }

    /**
     * What came of it.
     *
     * @param waiting lines that are not told yet
     * @param refused lines that Slack will never take here, and why
     * @param pause for how long nothing can be told
     * @param rung alarms that have a message to which a picture belongs
     * @param isStale whether a message says less than it should, although no line waits
     */
    record Report(List<Line> waiting, List<Refused> refused, Duration pause, List<String> rung, boolean isStale) {

        Report {
            waiting = List.copyOf(waiting);
            refused = List.copyOf(refused);
            rung = List.copyOf(rung);
        }

        Set<String> waitingIds() {
            return waiting.stream().map(Line::id).collect(Collectors.toSet());
        }
    }

    /**
     * What Slack does not take, or what nobody here can word.
     *
     * @param isChannel whether the channel takes nothing at all
     * @param error in one word, if there is one
     */
    record Refused(Line line, boolean isChannel, String error, String reason) {

        static Refused by(SlackFailure failure, Line line) {
            boolean isChannel = failure.kind() == SlackFailure.Kind.BROKEN_CONFIGURATION;
            return new Refused(line, isChannel, failure.error(), String.valueOf(failure.getMessage()));
        }

        static Refused by(RuntimeException crash, Line line) {
            return new Refused(line, false, crash.getClass().getSimpleName(), "It cannot be worded: " + crash);
        }
    }

    /** Tells as much as can be told until then. */
    Report tell(String channel, Instant until) {
        Turns.Answer answer = turns.take(channel);
        if (answer.turn().isEmpty()) {
            List<Line> waiting = table.lines(channel);
            return new Report(waiting, List.of(), nextLook(answer.busy(), waiting.size()), List.of(), false);
        }
        var voice = new Voice(slack, turns, answer.turn().get(), pace);
        var refused = new ArrayList<Refused>();
        var rung = new ArrayList<String>();
        Duration wait = NEXT_LOOK;
        try {
            settle(voice);
            speak(voice, until, refused, rung);
        } catch (SlackFailure failure) {
            wait = pause(voice, failure);
        } finally {
            turns.release(voice.turn());
        }
        Set<String> given = refused.stream().map(one -> one.line().id()).collect(Collectors.toSet());
        List<Line> waiting = table.lines(channel).stream()
                .filter(line -> !given.contains(line.id()))
                .toList();
        boolean isStale = voice.turn().digest().filter(Digest::isStale).isPresent()
                || waiting.stream().anyMatch(line -> line.kind() == Kind.REDRAW);
        return new Report(waiting, refused, wait, rung, isStale);
    }

    private void speak(Voice voice, Instant until, List<Refused> refused, List<String> rung) {
        var storm = new Storm(table, pace.clock());
        var speech = new Speech(table, storm, pace.clock());
        while (pace.clock().instant().isBefore(until)) {
            List<Line> lines = table.lines(voice.turn().channel()).stream()
                    .filter(line -> refused.stream().noneMatch(one -> one.line().equals(line)))
                    .toList();
            if (lines.isEmpty()) {
                storm.refresh(voice);
                return;
            }
            List<Line> now = lines;
            try {
                List<Line> folded = storm.next(voice.turn(), lines);
                now = folded.isEmpty() ? List.of(Line.next(lines)) : folded;
                if (folded.isEmpty()) {
                    speech.tell(voice, now.getFirst());
                    rung(now.getFirst()).ifPresent(rung::add);
                } else {
                    storm.fold(voice, folded);
                    metrics.count(Metrics.Count.FOLDED, folded.size());
                }
                metrics.count(Metrics.Count.DELIVERED, (int)
                        now.stream().filter(line -> line.kind() != Kind.REDRAW).count());
            } catch (SlackFailure failure) {
                if (failure.kind() == SlackFailure.Kind.RETRY) {
                    throw failure;
                }
                voice.remember(voice.turn().sure());
                now.forEach(line -> refused.add(Refused.by(failure, line)));
            } catch (AwsFailure tableWentAway) {
                throw tableWentAway;
            } catch (RuntimeException crash) {
                // An alarm that cannot be worded is told as it came.
                LOG.errorf(crash, "%s cannot be worded", now.getFirst().id());
                now.forEach(line -> refused.add(Refused.by(crash, line)));
            }
        }
    }

    /** What somebody was about to say who never came back: it is there, or it is said again. */
    private void settle(Voice voice) {
        Optional<Doubt> doubt = voice.turn().doubt();
        if (doubt.isEmpty()) {
            return;
        }
        Optional<Message> said = voice.said(doubt.get());
        said.ifPresent(message -> new Settling(table, pace.clock()).settle(voice, doubt.get(), message));
        voice.remember(voice.turn().sure());
    }

    private Duration pause(Voice voice, SlackFailure failure) {
        Duration pause = failure.isTooOften()
                ? Duration.ofSeconds(failure.retryAfterSeconds())
                : backOff(voice.turn().failures());
        if (failure.isTooOften()) {
            voice.remember(voice.turn().sure());
        }
        LOG.warnf("Slack: %s; again in %d s", failure.getMessage(), pause.toSeconds());
        voice.remember(voice.turn().failed(pace.clock().instant().plus(pause)));
        return pause;
    }

    private static Duration backOff(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures, 7));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static Duration nextLook(Busy busy, int waiting) {
        Duration least = waiting < Digest.STORM ? NEXT_LOOK : NEXT_LOOK_IN_A_STORM;
        return busy.longest().compareTo(least) < 0 ? least : busy.longest();
    }

    private static Optional<String> rung(Line line) {
        return line.kind() != Kind.LATE
                        && line.alarm().isPresent()
                        && line.notice() instanceof Change change
                        && change.state() == AlarmState.ALARM
                ? line.alarm()
                : Optional.empty();
    }
}
