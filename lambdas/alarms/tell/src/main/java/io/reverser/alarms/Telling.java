package io.reverser.alarms;

import io.reverser.alarms.Delivery.Message;
import io.reverser.alarms.Herald.Refused;
import io.reverser.alarms.Herald.Report;
import io.reverser.alarms.Intake.Come;
import io.reverser.alarms.Intake.Taken;
import io.reverser.alarms.Ledger.Entry;
import io.reverser.alarms.Metrics.Count;
import io.reverser.aws.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * From the queue into Slack. A message leaves the queue when what it says is in Slack, or in the dead-letter queue with the
 * reason.
 */
final class Telling {

    private static final Logger LOG = Logger.getLogger(Telling.class);

    /** In its form, without form, in the fallback channel, without form there. */
    private static final int ROUNDS = 5;

    private final Intake intake;
    private final Herald herald;
    private final Exits exits;
    private final Metrics metrics;

    Telling(Intake intake, Herald herald, Exits exits, Metrics metrics) {
        this.intake = intake;
        this.herald = herald;
        this.exits = exits;
        this.metrics = metrics;
    }

    /** A message that was written down. */
    private record Entered(Message message, Entry entry) {}

    /** What is to be handed out again. */
    List<Message> tell(List<Message> messages, Instant until, Instant now) {
        var again = new ArrayList<Message>();
        var entered = new ArrayList<Entered>();
        for (Taken taken : intake.take(messages)) {
            Come come = taken.come();
            if (taken.entry().isPresent()) {
                entered.add(new Entered(come.message(), taken.entry().get()));
            } else if (!exits.withoutTable(come.arrival(), come.route(), come.message(), now)) {
                again.add(come.message());
            }
        }
        again.addAll(tellEntered(entered, until, now));
        return again;
    }

    /** Tells a channel, and whichever takes what that one does not. */
    Report tell(String channel, Instant until) {
        Report report = herald.tell(channel, until);
        for (Refused refused : report.refused()) {
            exits.refused(channel, refused);
        }
        exits.drawPictures(channel, report);
        return report;
    }

    private List<Message> tellEntered(List<Entered> entered, Instant until, Instant now) {
        var waiting = new HashSet<String>();
        Duration pause = Duration.ZERO;
        try {
            for (Report report : reports(entered, until)) {
                pause = longer(pause, report.pause());
                waiting.addAll(report.waitingIds());
            }
        } catch (AwsFailure tableWentAway) {
            LOG.warnf("Nobody knows what is told: %s", tableWentAway.getMessage());
            entered.forEach(one -> waiting.add(one.entry().line()));
            pause = longer(pause, Duration.ofSeconds(5));
        }
        return leftOver(entered, waiting, pause, now);
    }

    /** The last report of each channel; what one refuses is told in another way, there or in the fallback channel. */
    private Collection<Report> reports(List<Entered> entered, Instant until) {
        var reports = new LinkedHashMap<String, Report>();
        var next = new LinkedHashSet<String>();
        entered.forEach(one -> next.add(one.entry().channel()));
        for (int round = 0; round < ROUNDS && !next.isEmpty(); round++) {
            List<String> channels = List.copyOf(next);
            next.clear();
            for (String channel : channels) {
                Report report = tell(channel, until);
                reports.put(channel, report);
                if (!report.refused().isEmpty()) {
                    next.add(channel);
                    next.add(exits.fallback().channel());
                }
            }
        }
        return reports.values();
    }

    private List<Message> leftOver(List<Entered> entered, Set<String> waiting, Duration wait, Instant now) {
        var again = new ArrayList<Message>();
        for (Entered one : entered) {
            if (waiting.contains(one.entry().line())) {
                if (!exits.isTooOld(one.message(), now) || !exits.giveUp(one.entry(), one.message())) {
                    exits.hide(one.message(), wait);
                    again.add(one.message());
                }
            } else if (one.entry().isKnown()) {
                metrics.count(Count.DUPLICATE, 1);
            }
        }
        return again;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
