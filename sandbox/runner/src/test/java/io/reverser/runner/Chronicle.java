package io.reverser.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the tables of all functions have written down, and what of it is not done yet. */
final class Chronicle {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of External Secrets: when, and of which version, as far as it is told. */
    private static final Pattern FETCH = Pattern.compile("\\d{4}-\\S+Z(?: \\d+-\\p{XDigit}+)?");

    private static final int STEP_MINUTES = 5;

    private final AwsApi aws;
    private final RequestTable requests;

    private record Event(Instant at, String what) {}

    Chronicle(AccessSurroundings surroundings) {
        aws = new AwsApi(AwsSettings.from(surroundings.place()));
        requests = new RequestTable(aws, "cluster-access", surroundings.aws().clock());
    }

    /**
     * Everything that happened around a request for access, in the order of time: when, in steps of five minutes, who, and what.
     *
     * @param zero from when time is counted
     */
    String text(RequestId request, Instant zero) {
        return Stream.of(access(request), alarms(), rotations())
                .flatMap(events -> events)
                .sorted(Comparator.comparing(Event::at).thenComparing(Event::what))
                .map(event -> "%+4d min  %s\n".formatted(minutes(zero, event.at()), event.what()))
                .reduce("", String::concat);
    }

    /** What has yet to be done or told. */
    List<String> unfinished() {
        return Stream.of(
                        requests.open().stream().map(open -> open.request().toString()),
                        items("alarms").map(item -> item.text("part")).filter(part -> part.startsWith("line#")),
                        items("rotation")
                                .filter(item -> item.text("id").endsWith("!say")
                                        || item.optionalText("over").equals(Optional.of("no")))
                                .map(Item::toString))
                .flatMap(left -> left)
                .toList();
    }

    private Stream<Event> access(RequestId request) {
        return requests.audit(request).stream()
                .map(audit -> new Event(audit.at(), audit.actor() + " " + audit.action() + " " + audit.outcome()));
    }

    private Stream<Event> alarms() {
        return items("alarms")
                .filter(item -> item.text("part").startsWith("alarm#"))
                .flatMap(item -> {
                    JsonNode episode = json(item.text("episode"));
                    JsonNode care = json(item.text("shown")).path("care");
                    String name = episode.path("alarm").asText().replaceFirst(".*:alarm:", "");
                    return Stream.of(
                            new Event(time(episode.path("opened")), name + " ALARM"),
                            new Event(time(care.path("since")), care.path("by").asText() + " looks after " + name),
                            new Event(
                                    time(episode.path("since")),
                                    name + " " + episode.path("state").asText()));
                });
    }

    private Stream<Event> rotations() {
        return items("rotation")
                .filter(item -> item.optionalText("mark").isPresent())
                .map(item -> new Event(
                        Instant.parse(item.text("at")),
                        "rotation %s %s"
                                .formatted(
                                        item.text("mark"),
                                        FETCH.matcher(item.text("detail")).replaceAll(""))
                                .strip()));
    }

    private Stream<Item> items(String table) {
        ObjectNode scan = JsonNodeFactory.instance.objectNode().put("TableName", table);
        return aws.call(AwsApi.Service.DYNAMODB, "Scan", scan)
                .path("Items")
                .valueStream()
                .map(item -> new Item((ObjectNode) item));
    }

    private static long minutes(Instant zero, Instant at) {
        return Math.floorDiv(Duration.between(zero, at).toSeconds(), 60 * STEP_MINUTES) * STEP_MINUTES;
    }

    private static Instant time(JsonNode text) {
        return Instant.parse(text.asText());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(text, notJson);
        }
    }
}
