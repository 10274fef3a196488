package io.reverser.alarms.notifier.delivery;

import io.reverser.alarms.notifier.cloudwatch.AlarmTags;
import io.reverser.alarms.notifier.delivery.SqsEvent.SqsMessage;
import io.reverser.alarms.notifier.event.AlarmNotification.ConfigurationChange;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmNotification.Unrecognised;
import io.reverser.alarms.notifier.event.AlarmNotificationParser;
import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.event.InboundNotification;
import io.reverser.alarms.routes.Route;
import io.reverser.alarms.routes.Routes;
import java.util.List;
import java.util.Map;

/** Parses notifications, looks up missing tags, and selects the route. */
public final class NotificationResolver {

    private final Routes routes;
    private final AlarmTags tags;

    public NotificationResolver(Routes routes, AlarmTags tags) {
        this.routes = routes;
        this.tags = tags;
    }

    /** A notification in an SQS message, with its route. */
    record RoutedNotification(SqsMessage message, InboundNotification inbound, Route route) {}

    /** The notifications in an SQS message: nearly always one. */
    List<RoutedNotification> resolve(SqsMessage message) {
        return AlarmNotificationParser.parse(message.body()).stream()
                .map(this::lookUpTags)
                .map(inbound -> {
                    Route route = route(inbound);
                    return new RoutedNotification(message, withMentions(inbound, route), route);
                })
                .toList();
    }

    private InboundNotification lookUpTags(AlarmPayload payload) {
        Map<String, String> found = payload.notification() instanceof StateChange change
                        && change.tags().isEmpty()
                        && routes.hasTagRoutes()
                ? tags.lookUp(change.alarm())
                : Map.of();
        return new InboundNotification(payload, found, List.of());
    }

    /** Selects the route by the alarm's name and tags. */
    private Route route(InboundNotification inbound) {
        return switch (inbound.notification()) {
            case StateChange change ->
                routes.select(change.alarm().name(), change.tags()).route();
            case ConfigurationChange change ->
                routes.select(change.alarm().name(), Map.of()).route();
            case Unrecognised other -> routes.defaultRoute();
        };
    }

    /** Adds the route's mentions if the alarm fires. */
    private static InboundNotification withMentions(InboundNotification inbound, Route route) {
        boolean isFiring = inbound.notification() instanceof StateChange change && change.state() == AlarmState.ALARM;
        return isFiring ? inbound.withMentions(route.mentions()) : inbound;
    }
}
