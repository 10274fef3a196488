package io.reverser.alarms;

import io.reverser.alarms.Turn.Doubt;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackMessage;
import io.reverser.slack.SlackRequest.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Speaks in one channel during a turn: once a second and not more often, and each thing once. What is about to be said is
 * written down first; whoever has the turn after somebody who never came back looks whether it was said.
 */
final class Voice {

    private final Slack slack;
    private final Turns turns;
    private final InstantSource clock;
    private final Duration pace;
    private Turn turn;

    Voice(Slack slack, Turns turns, Turn turn, Pace pace) {
        this.slack = slack;
        this.turns = turns;
        this.turn = turn;
        this.clock = pace.clock();
        this.pace = pace.between();
    }

    /** How fast it speaks, and by which clock. */
    record Pace(InstantSource clock, Duration between) {}

    Turn turn() {
        return turn;
    }

    void remember(Turn newer) {
        turn = newer;
    }

    /** Posts a message that says these lines. */
    Message post(SlackMessage message, String mark, List<String> lines) {
        doubt(new Doubt(mark, Optional.empty(), lines));
        await();
        Message posted = slack.post(turn.channel(), message.marked(mark));
        spoke();
        return posted;
    }

    /** Posts below a message. */
    void reply(String parent, SlackMessage message, String mark, List<String> lines) {
        doubt(new Doubt(mark, Optional.of(parent), lines));
        await();
        slack.reply(new Message(turn.channel(), parent), message.marked(mark));
        spoke();
    }

    /** Changes a message; twice is as good as once. */
    void update(String ts, SlackMessage message) {
        await();
        slack.update(new Message(turn.channel(), ts), message);
        spoke();
    }

    /** The same; where somebody took its pictures away, without them. */
    void updateAnyway(String ts, SlackMessage message) {
        try {
            update(ts, message);
        } catch (SlackFailure failure) {
            if (!failure.error().equals("invalid_blocks") || !message.hasPictures()) {
                throw failure;
            }
            update(ts, message.withoutPictures());
        }
    }

    /** Looks for what may have been said: where it stands, if it does. */
    Optional<Message> said(Doubt doubt) {
        return doubt.thread()
                .map(thread -> slack.findReply(new Message(turn.channel(), thread), doubt.mark()))
                .orElseGet(() -> find(doubt.mark()));
    }

    /** Looks for a message of the last day. */
    Optional<Message> find(String mark) {
        return slack.find(turn.channel(), mark, clock.instant().minus(Duration.ofDays(1)));
    }

    /** Writes down what the next one has to know. */
    void save() {
        turns.keep(turn);
    }

    private void doubt(Doubt about) {
        turn = turn.doubting(about);
        save();
    }

    private void spoke() {
        turn = turn.spoke(clock.instant().plus(pace));
    }

    /** Until the next second; never longer, whatever a clock says. */
    private void await() {
        Instant now = clock.instant();
        Duration wait = Duration.between(now, turn.next());
        try {
            Thread.sleep(wait.isNegative() ? Duration.ZERO : wait.compareTo(pace) > 0 ? pace : wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
