package io.reverser.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.DynamoDbItem;
import io.reverser.runner.functions.SimulatedBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The events that all functions recorded in their DynamoDB tables, and the work that they have not finished. */
final class EventTimeline {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The timestamps and versions in the messages of External Secrets, which differ from run to run. */
    private static final Pattern SYNC_DETAIL = Pattern.compile("\\d{4}-\\S+Z(?: \\d+-\\p{XDigit}+)?");

    private static final int STEP_MINUTES = 5;

    private final AwsJsonClient aws;
    private final RequestTable requests;

    private record Event(Instant at, String what) {}

    EventTimeline(SimulatedBackends backends) {
        aws = new AwsJsonClient(AwsEnvironment.from(backends.awsEnvironment()));
        requests = new RequestTable(aws, "cluster-access", backends.aws().clock());
    }

    /**
     * The audit records of a request for access, and all events of alarms and rotations, one per line in order of time:
     * the time rounded to five minutes, the actor, and the action.
     *
     * @param origin the time that counts as minute 0
     */
    String text(RequestId requestId, Instant origin) {
        return Stream.of(access(requestId), alarms(), rotations())
                .flatMap(events -> events)
                .sorted(Comparator.comparing(Event::at).thenComparing(Event::what))
                .map(event -> "%+4d min  %s\n".formatted(minutes(origin, event.at()), event.what()))
                .reduce("", String::concat);
    }

    /** The entries that are still in an outbox, and the requests and rotations that are not finished. */
    List<String> unfinished() {
        return Stream.of(
                        requests.listOpen().stream().map(open -> open.request().toString()),
                        items("alarms").map(item -> item.string("sk")).filter(sk -> sk.startsWith("outbox#")),
                        items("rotation")
                                .filter(item -> item.string("id").endsWith("!outbox")
                                        || item.optionalString("finished").equals(Optional.of("no")))
                                .map(DynamoDbItem::toString))
                .flatMap(left -> left)
                .toList();
    }

    private Stream<Event> access(RequestId requestId) {
        return requests.listAuditRecords(requestId).stream()
                .map(auditRecord -> new Event(
                        auditRecord.at(),
                        auditRecord.actor() + " " + auditRecord.action() + " " + auditRecord.outcome()));
    }

    private Stream<Event> alarms() {
        return items("alarms")
                .filter(item -> item.string("sk").startsWith("alarm#"))
                .flatMap(item -> {
                    JsonNode episode = json(item.string("episode"));
                    JsonNode acknowledgement = json(item.string("messageState")).path("acknowledgement");
                    String name = episode.path("alarmKey").asText().replaceFirst(".*:alarm:", "");
                    return Stream.of(
                            new Event(time(episode.path("startedAt")), name + " ALARM"),
                            new Event(
                                    time(acknowledgement.path("since")),
                                    acknowledgement.path("by").asText() + " acknowledged " + name),
                            new Event(
                                    time(episode.path("since")),
                                    name + " " + episode.path("state").asText()));
                });
    }

    private Stream<Event> rotations() {
        return items("rotation")
                .filter(item -> item.optionalString("type").isPresent())
                .map(item -> new Event(
                        Instant.parse(item.string("at")),
                        "rotation %s %s"
                                .formatted(
                                        item.string("type"),
                                        SYNC_DETAIL
                                                .matcher(item.string("message"))
                                                .replaceAll(""))
                                .strip()));
    }

    private Stream<DynamoDbItem> items(String table) {
        ObjectNode scan = JsonNodeFactory.instance.objectNode().put("TableName", table);
        return aws.call(AwsJsonClient.Service.DYNAMODB, "Scan", scan)
                .path("Items")
                .valueStream()
                .map(item -> new DynamoDbItem((ObjectNode) item));
    }

    private static long minutes(Instant origin, Instant at) {
        return Math.floorDiv(Duration.between(origin, at).toSeconds(), 60 * STEP_MINUTES) * STEP_MINUTES;
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
