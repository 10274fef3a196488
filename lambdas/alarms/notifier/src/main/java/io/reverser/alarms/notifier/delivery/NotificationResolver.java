package io.reverser.alarms.notifier.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.alarms.notifier.cloudwatch.AlarmTags;
import io.reverser.alarms.notifier.event.AlarmNotification;
import io.reverser.alarms.notifier.event.AlarmNotification.StateChange;
import io.reverser.alarms.notifier.event.AlarmNotificationParser;
import io.reverser.alarms.notifier.event.AlarmState;
import io.reverser.alarms.notifier.event.InboundNotification;
import io.reverser.alarms.routes.Route;
import io.reverser.alarms.routes.Routes;
import java.util.List;
import java.util.Map;

/** Reads what arrives, and knows where it goes. */
public final class NotificationResolver {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Routes routes;
    private final AlarmTags tags;

    public NotificationResolver(Routes routes, AlarmTags tags) {
        this.routes = routes;
        this.tags = tags;
    }

    /** What is in a message: nearly always one thing. */
    List<InboundNotification> decode(String body) {
        List<AlarmNotification> notifications = AlarmNotificationParser.parse(body);
        if (notifications.size() == 1) {
            return List.of(lookUpTags(body, notifications.getFirst()));
        }
        return parseRecords(body)
                .valueStream()
                .map(NotificationResolver::singleRecordEvent)
                .map(record ->
                        lookUpTags(record, AlarmNotificationParser.parse(record).getFirst()))
                .toList();
    }

    /** Its own route, by its name and its tags. */
    Route resolveRoute(InboundNotification inbound) {
        return inbound.notification() instanceof StateChange change
                ? routes.select(change.alarm().name(), change.tags()).route()
                : inbound.notification() instanceof AlarmNotification.ConfigurationChange change
                        ? routes.select(change.alarm().name(), Map.of()).route()
                        : routes.defaultRoute();
    }

    /** With those whom the route calls when an alarm rings. */
    InboundNotification withMentions(InboundNotification inbound, Route route) {
        boolean isFiring = inbound.notification() instanceof StateChange change && change.state() == AlarmState.ALARM;
        return isFiring ? inbound.withMentions(route.mentions()) : inbound;
    }

    private InboundNotification lookUpTags(String body, AlarmNotification notification) {
        if (notification instanceof StateChange change && change.tags().isEmpty() && routes.hasTagRoutes()) {
            Map<String, String> found = tags.lookUp(change.alarm());
            return new InboundNotification(body, change.withTags(found), found, List.of());
        }
        return new InboundNotification(body, notification, Map.of(), List.of());
    }

    private static JsonNode parseRecords(String body) {
        try {
            return JSON.readTree(body).path("Records");
        } catch (JsonProcessingException wasReadBefore) {
            throw new IllegalStateException(wasReadBefore);
        }
    }

    private static String singleRecordEvent(JsonNode record) {
        var event = JsonNodeFactory.instance.objectNode();
        event.putArray("Records").add(record);
        return event.toString();
    }
}
