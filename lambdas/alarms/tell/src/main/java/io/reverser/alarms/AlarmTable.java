package io.reverser.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsApi.Service;
import io.reverser.aws.AwsFailure;
import io.reverser.aws.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Alarms, and what each channel has yet to be told: one DynamoDB table with the key {@code id}, which is a channel, and
 * {@code part}. A change and the line that tells it are written together or not at all.
 */
final class AlarmTable {

    private static final String ALARM = "alarm#";
    private static final String LINE = "line#";
    private static final Duration KEPT = Duration.ofDays(30);

    private final AwsApi aws;
    private final String name;
    private final InstantSource clock;

    AlarmTable(AwsApi aws, String name, InstantSource clock) {
        this.aws = aws;
        this.name = name;
        this.clock = clock;
    }

    /** The alarm as it is now. */
    Optional<Kept> find(String channel, String alarm) {
        return get(channel, ALARM + alarm)
                .map(item -> new Kept(
                        TableJson.read(item.text("episode"), Episode.class),
                        item.text("body"),
                        tags(item.text("tags")),
                        item.optionalText("shown")
                                .map(shown -> TableJson.read(shown, Shown.class))
                                .orElse(Shown.NOTHING),
                        item.number("version")));
    }

    /**
     * Writes a change and what has to be told of it. What Slack shows stays as it is, unless this is a new episode.
     *
     * @return false when somebody else wrote one meanwhile
     */
    boolean write(String channel, Kept after, Optional<Line> line) {
        boolean isNew = line.filter(told -> told.kind() == Line.Kind.BEGIN).isPresent();
        ObjectNode transaction =
                aws.object().put("ClientRequestToken", UUID.randomUUID().toString());
        ArrayNode writes = transaction.putArray("TransactItems");
        ObjectNode update = writes.addObject()
                .putObject("Update")
                .put("TableName", name)
                .put(
                        "UpdateExpression",
                        "SET episode = :episode, opened = :opened, body = :body, tags = :tags, version = :version,"
                                + " expires = :expires" + (isNew ? ", shown = :shown" : ""))
                .put("ConditionExpression", after.version() > 1 ? "version = :seen" : "attribute_not_exists(id)");
        update.set("Key", Item.key(channel, ALARM + after.episode().alarm()).attributes());
        Item values = new Item()
                .text(":episode", TableJson.write(after.episode()))
                .text(":opened", after.episode().opened().toString())
                .text(":body", after.body())
                .text(":tags", TableJson.write(after.tags()))
                .number(":version", after.version())
                .number(":expires", clock.instant().plus(KEPT).getEpochSecond());
        if (after.version() > 1) {
            values.number(":seen", after.version() - 1);
        }
        if (isNew) {
            values.text(":shown", TableJson.write(after.shown()));
        }
        update.set("ExpressionAttributeValues", values.attributes());
        line.ifPresent(told -> put(writes, item(channel, told)));
        return isWritten(transaction);
    }

    /**
     * Writes a line about what is no alarm, unless it was written before.
     *
     * @return false when it was
     */
    boolean write(String channel, Line line) {
        ObjectNode transaction =
                aws.object().put("ClientRequestToken", UUID.randomUUID().toString());
        ArrayNode writes = transaction.putArray("TransactItems");
        put(writes, expiring(Item.key(channel, "told#" + line.id())))
                .put("ConditionExpression", "attribute_not_exists(id)");
        put(writes, item(channel, line));
        return isWritten(transaction);
    }

    /** What Slack shows by now; whoever writes this has the channel's turn. Of an episode that is past, nothing is kept. */
    void show(String channel, Episode episode, Shown shown) {
        ObjectNode update = aws.object()
                .put("TableName", name)
                .put("UpdateExpression", "SET shown = :shown")
                .put("ConditionExpression", "opened = :opened");
        update.set("Key", Item.key(channel, ALARM + episode.alarm()).attributes());
        update.set(
                "ExpressionAttributeValues",
                new Item()
                        .text(":shown", TableJson.write(shown))
                        .text(":opened", episode.opened().toString())
                        .attributes());
        try {
            aws.call(Service.DYNAMODB, "UpdateItem", update);
        } catch (AwsFailure failure) {
            if (!failure.isConditionFailed()) {
                throw failure;
            }
        }
    }

    /** A line more, written however often. */
    void add(String channel, Line line) {
        ObjectNode put = aws.object().put("TableName", name);
        put.set("Item", item(channel, line).attributes());
        aws.call(Service.DYNAMODB, "PutItem", put);
    }

    /** What has yet to be told, oldest first; what is only drawn again comes last. */
    List<Line> lines(String channel) {
        ObjectNode query = aws.object()
                .put("TableName", name)
                .put("ConsistentRead", true)
                .put("KeyConditionExpression", "id = :id AND begins_with(part, :line)");
        ObjectNode values = query.putObject("ExpressionAttributeValues");
        values.putObject(":id").put("S", channel);
        values.putObject(":line").put("S", LINE);
        return Item.all(aws, query).stream()
                .map(item -> TableJson.read(item.text("body"), Line.class))
                .toList();
    }

    /** Whether a line is yet to be told. */
    boolean isWaiting(String channel, String line) {
        return get(channel, LINE + line).isPresent();
    }

    /** They are told, or will never be. */
    void strike(String channel, List<String> lines) {
        for (int from = 0; from < lines.size(); from += 25) {
            ObjectNode request = aws.object();
            ArrayNode writes = request.putObject("RequestItems").putArray(name);
            lines.subList(from, Math.min(lines.size(), from + 25))
                    .forEach(line -> writes.addObject()
                            .putObject("DeleteRequest")
                            .set("Key", Item.key(channel, LINE + line).attributes()));
            while (!writes.isEmpty()) {
                JsonNode left = aws.call(Service.DYNAMODB, "BatchWriteItem", request)
                        .path("UnprocessedItems")
                        .path(name);
                writes.removeAll();
                left.forEach(writes::add);
            }
        }
    }

    /** As if this had never been written. */
    void forget(String channel, Line line) {
        ObjectNode delete = aws.object().put("TableName", name);
        delete.set("Key", Item.key(channel, "told#" + line.id()).attributes());
        aws.call(Service.DYNAMODB, "DeleteItem", delete);
    }

    /** Alarms that are told below another, as long as that rings. */
    void adopt(String channel, String parent, List<String> children) {
        for (String child : children) {
            ObjectNode put = aws.object().put("TableName", name);
            put.set(
                    "Item",
                    expiring(Item.key(channel, "child#" + child).text("parent", parent))
                            .attributes());
            aws.call(Service.DYNAMODB, "PutItem", put);
        }
    }

    /** The alarm below which another is told. */
    Optional<String> parent(String channel, String child) {
        return get(channel, "child#" + child).map(item -> item.text("parent"));
    }

    private Optional<Item> get(String channel, String part) {
        ObjectNode query = aws.object().put("TableName", name).put("ConsistentRead", true);
        query.set("Key", Item.key(channel, part).attributes());
        return Item.in(aws.call(Service.DYNAMODB, "GetItem", query));
    }

    private boolean isWritten(ObjectNode transaction) {
        try {
            aws.call(Service.DYNAMODB, "TransactWriteItems", transaction);
            return true;
        } catch (AwsFailure failure) {
            if (failure.isConditionFailed()) {
                return false;
            }
            throw failure;
        }
    }

    private ObjectNode put(ArrayNode writes, Item item) {
        ObjectNode put = writes.addObject().putObject("Put").put("TableName", name);
        put.set("Item", item.attributes());
        return put;
    }

    private Item item(String channel, Line line) {
        return expiring(Item.key(channel, LINE + line.id()).text("body", TableJson.write(line)));
    }

    private Item expiring(Item item) {
        Instant end = clock.instant().plus(KEPT);
        return item.number("expires", end.getEpochSecond());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> tags(String json) {
        return TableJson.read(json, Map.class);
    }
}
