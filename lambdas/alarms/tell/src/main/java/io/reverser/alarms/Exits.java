package io.reverser.alarms;

import io.reverser.alarms.Delivery.Message;
import io.reverser.alarms.Herald.Refused;
import io.reverser.alarms.Herald.Report;
import io.reverser.alarms.Ledger.Entry;
import io.reverser.alarms.Line.Kind;
import io.reverser.alarms.Metrics.Count;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.routes.Route;
import io.reverser.aws.AwsFailure;
import io.reverser.slack.Slack;
import io.reverser.slack.SlackFailure;
import io.reverser.slack.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What becomes of things that cannot go the usual way. */
final class Exits {

    private static final Logger LOG = Logger.getLogger(Exits.class);

    /** A queue gives up after so many tries; with these, that is later than we do. */
    private static final int OFTEN = 5;

    private static final int LONGEST_SECONDS = 120;

    /** A table that is away is mostly back by then; what is told without it, no message and no storm hears of. */
    private static final Duration FOR_THE_TABLE = Duration.ofSeconds(30);

    private static final Duration NEXT_TRY = Duration.ofSeconds(2);

    private final AlarmTable table;
    private final Ledger ledger;
    private final Queues queues;
    private final Slack slack;
    private final Limits limits;

    Exits(AlarmTable table, Ledger ledger, Queues queues, Slack slack, Limits limits) {
        this.table = table;
        this.ledger = ledger;
        this.queues = queues;
        this.slack = slack;
        this.limits = limits;
    }

    /**
     * Where the usual way ends.
     *
     * @param fallback where things go that cannot go where they belong
     * @param oldest how long something may wait before nobody tries any more
     */
    record Limits(Route fallback, Duration oldest, Metrics metrics) {}

    /** Where things go that cannot go where they belong. */
    Route fallback() {
        return limits.fallback();
    }

    boolean isTooOld(Message message, Instant now) {
        return message.sent()
                .filter(sent -> now.isAfter(sent.plus(limits.oldest())))
                .isPresent();
    }

    /** Hands a message out again after this, and not before; what was handed out often waits longer. */
    void hide(Message message, Duration wait) {
        limits.metrics().count(Count.DEFERRED, 1);
        if (!message.isQueued()) {
            return;
        }
        try {
            Duration usual = Duration.ofSeconds(Math.min(message.receives() / OFTEN, LONGEST_SECONDS));
            queues.hide(message, usual.compareTo(wait) > 0 ? usual : wait);
        } catch (AwsFailure asLongAsTheQueueSays) {
            LOG.warnf("Comes again when the queue says so: %s", asLongAsTheQueueSays.getMessage());
        }
    }

    /** Tells it although it is not written down, when that has been tried for a while; whether it is done with. */
    boolean withoutTable(Arrival arrival, Route route, Message message, Instant now) {
        if (message.sent()
                .filter(sent -> now.isBefore(sent.plus(FOR_THE_TABLE)))
                .isPresent()) {
            hide(message, NEXT_TRY);
            return false;
        }
        String id = Line.id(arrival.notice(), arrival.body());
        var line = new Line(
                id,
                Kind.BEGIN,
                arrival.alarm(),
                arrival.body(),
                arrival.tags(),
                false,
                arrival.mentions(),
                now,
                Optional.of("told without having been written down: what comes later begins a message of its own"));
        try {
            slack.post(route.channel(), worded(line, now).marked(id));
            limits.metrics().count(Count.UNWRITTEN, 1);
            return true;
        } catch (SlackFailure failure) {
            if (failure.kind() == SlackFailure.Kind.RETRY && !isTooOld(message, now)) {
                hide(message, Duration.ofSeconds(failure.retryAfterSeconds()));
                return false;
            }
            return bury(arrival.body(), String.valueOf(failure.getMessage()));
        }
    }

    /** To another channel, or without form, or into the dead-letter queue. */
    void refused(String channel, Refused refused) {
        Line line = refused.line();
        if (line.kind() == Kind.REDRAW) {
            // It says nothing new.
            table.strike(channel, List.of(line.id()));
        } else if (refused.isChannel() && !channel.equals(limits.fallback().channel())) {
            limits.metrics().count(Count.MISROUTED, 1);
            ledger.enter(
                    new Arrival(line.body(), line.notice(), line.tags(), line.mentions()),
                    limits.fallback(),
                    Optional.of("here because %s takes no messages: %s".formatted(channel, refused.error())));
            forget(channel, line);
        } else if (!refused.isChannel() && line.kind() != Kind.RAW) {
            table.add(channel, line.raw("Slack does not take this otherwise: " + refused.error()));
        } else if (bury(line.body(), refused.reason())) {
            forget(channel, line);
        }
    }

    /** Nobody could be told for hours; whether it is in the dead-letter queue now. */
    boolean giveUp(Entry entry, Message message) {
        if (!bury(message.body(), "nobody could be told within " + Phrases.lasting(limits.oldest()))) {
            return false;
        }
        table.lines(entry.channel()).stream()
                .filter(line -> line.id().equals(entry.line()))
                .forEach(line -> forget(entry.channel(), line));
        return true;
    }

    /** Pictures for what rang, and another look where something is only to be drawn again. */
    void drawPictures(String channel, Report report) {
        try {
            for (String alarm : report.rung()) {
                queues.work(Work.picture(channel, alarm), Duration.ZERO);
            }
            if (report.isStale()) {
                queues.work(Work.goOn(channel), report.pause());
            }
        } catch (AwsFailure withoutPicture) {
            LOG.warnf("No pictures: %s", withoutPicture.getMessage());
            limits.metrics().count(Count.UNDRAWN, report.rung().size());
        }
    }

    /** As it came, when nobody here can word it. */
    private static SlackMessage worded(Line line, Instant now) {
        try {
            return unwritten(line, now);
        } catch (RuntimeException crash) {
            LOG.errorf(crash, "%s cannot be worded", line.id());
            return Wording.raw(line);
        }
    }

    private static SlackMessage unwritten(Line line, Instant now) {
        return line.notice() instanceof Change change
                ? Wording.alarm(new Kept(Episode.begin(change), line.body(), line.tags(), Shown.NOTHING, 0), line, now)
                : Wording.plain(line);
    }

    private boolean bury(String body, String reason) {
        try {
            queues.bury(body, reason);
            limits.metrics().count(Count.FAILED, 1);
            LOG.errorf("Nobody was told, see the dead-letter queue: %s", reason);
            return true;
        } catch (AwsFailure later) {
            LOG.errorf("Not in the dead-letter queue yet: %s", later.getMessage());
            return false;
        }
    }

    /** When it is taken out of the dead-letter queue one day, it is news again. */
    private void forget(String channel, Line line) {
        if (line.notice() instanceof Change change) {
            Optional<Kept> kept;
            do {
                kept = table.find(channel, change.alarm().key());
            } while (kept.isPresent()
                    && !table.write(
                            channel, kept.get().with(kept.get().episode().without(change)), Optional.empty()));
        } else {
            table.forget(channel, line);
        }
        table.strike(channel, List.of(line.id()));
    }
}
