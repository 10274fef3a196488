package io.reverser.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.alarms.Notice.Change;
import io.reverser.alarms.routes.Route;
import io.reverser.alarms.routes.Routes;
import java.util.List;
import java.util.Map;

/** Reads what arrives, and knows where it goes. */
final class Inbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Routes routes;
    private final AlarmTags tags;

    Inbox(Routes routes, AlarmTags tags) {
        this.routes = routes;
        this.tags = tags;
    }

    /** What is in a message: nearly always one thing. */
    List<Arrival> open(String body) {
        List<Notice> notices = NoticeReader.read(body);
        if (notices.size() == 1) {
            return List.of(arrival(body, notices.getFirst()));
        }
        return records(body)
                .valueStream()
                .map(Inbox::alone)
                .map(record -> arrival(record, NoticeReader.read(record).getFirst()))
                .toList();
    }

    /** Its own route, by its name and its tags. */
    Route route(Arrival arrival) {
        return arrival.notice() instanceof Change change
                ? routes.way(change.alarm().name(), change.tags()).route()
                : arrival.notice() instanceof Notice.Reconfigured change
                        ? routes.way(change.alarm().name(), Map.of()).route()
                        : routes.usual();
    }

    /** With those whom the route calls when an alarm rings. */
    Arrival called(Arrival arrival, Route route) {
        boolean rings = arrival.notice() instanceof Change change && change.state() == AlarmState.ALARM;
        return rings ? arrival.calling(route.mentions()) : arrival;
    }

    private Arrival arrival(String body, Notice notice) {
        if (notice instanceof Change change && change.tags().isEmpty() && routes.askForTags()) {
            Map<String, String> found = tags.of(change.alarm());
            return new Arrival(body, change.with(found), found, List.of());
        }
        return new Arrival(body, notice, Map.of(), List.of());
    }

    private static JsonNode records(String body) {
        try {
            return JSON.readTree(body).path("Records");
        } catch (JsonProcessingException wasReadBefore) {
            throw new IllegalStateException(wasReadBefore);
        }
    }

    private static String alone(JsonNode record) {
        var event = JsonNodeFactory.instance.objectNode();
        event.putArray("Records").add(record);
        return event.toString();
    }
}
