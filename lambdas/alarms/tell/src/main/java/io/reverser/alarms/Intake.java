package io.reverser.alarms;

import io.reverser.alarms.Delivery.Message;
import io.reverser.alarms.Ledger.Entry;
import io.reverser.alarms.routes.Route;
import io.reverser.aws.AwsFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jboss.logging.Logger;

/** Writes down what comes, before anybody is told: several alarms at once, and what comes of one alarm in its order. */
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /** As many connections to one host as Java keeps open. */
    private static final int AT_ONCE = 5;

    private final Inbox inbox;
    private final Ledger ledger;

    Intake(Inbox inbox, Ledger ledger) {
        this.inbox = inbox;
        this.ledger = ledger;
    }

    /** Something in a message, and where it goes. */
    record Come(Message message, Arrival arrival, Route route) {}

    /**
     * Where it was written down.
     *
     * @param entry nothing when the table is away
     */
    record Taken(Come come, Optional<Entry> entry) {}

    List<Taken> take(List<Message> messages) {
        return messages.stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, this::open))
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(come -> come.arrival().alarm(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .gather(Gatherers.mapConcurrent(AT_ONCE, this::enter))
                .flatMap(List::stream)
                .toList();
    }

    private List<Come> open(Message message) {
        return inbox.open(message.body()).stream()
                .map(arrival -> {
                    Route route = inbox.route(arrival);
                    return new Come(message, inbox.called(arrival, route), route);
                })
                .toList();
    }

    private List<Taken> enter(List<Come> inOrder) {
        return inOrder.stream().map(come -> new Taken(come, enter(come))).toList();
    }

    private Optional<Entry> enter(Come come) {
        try {
            return Optional.of(ledger.enter(come.arrival(), come.route(), Optional.empty()));
        } catch (AwsFailure tableIsAway) {
            LOG.warnf("Not written down: %s", tableIsAway.getMessage());
            return Optional.empty();
        }
    }
}
