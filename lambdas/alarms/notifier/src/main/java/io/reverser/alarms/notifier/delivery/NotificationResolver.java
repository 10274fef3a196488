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

/** Reads what arrives, and knows where it goes. */
public final class NotificationResolver {

    private final Routes routes;
    private final AlarmTags tags;

    public NotificationResolver(Routes routes, AlarmTags tags) {
        this.routes = routes;
        this.tags = tags;
    }

    /** Something in a message, and where it goes. */
    record RoutedNotification(SqsMessage message, InboundNotification inbound, Route route) {}

    /** What is in a message: nearly always one thing. */
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

    /** Its own route, by its name and its tags. */
    private Route route(InboundNotification inbound) {
        return switch (inbound.notification()) {
            case StateChange change ->
                routes.select(change.alarm().name(), change.tags()).route();
            case ConfigurationChange change ->
                routes.select(change.alarm().name(), Map.of()).route();
            case Unrecognised other -> routes.defaultRoute();
        };
    }

    /** With those whom the route calls when an alarm rings. */
    private static InboundNotification withMentions(InboundNotification inbound, Route route) {
        boolean isFiring = inbound.notification() instanceof StateChange change && change.state() == AlarmState.ALARM;
        return isFiring ? inbound.withMentions(route.mentions()) : inbound;
    }
}
