package io.reverser.alarms.notifier.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonClient.Service;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.awsjsonclient.DynamoDbItem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Alarms, and what each channel has yet to be told: one DynamoDB table with the key {@code id}, which is a channel, and
 * {@code sk}. A change and the outbox entry that tells it are written together or not at all.
 */
public final class AlarmTable {

    private static final String ALARM_PREFIX = "alarm#";
    private static final String OUTBOX_PREFIX = "outbox#";
    private static final String DEDUP_PREFIX = "dedup#";
    private static final String CHILD_PREFIX = "child#";
    private static final Duration RETENTION = Duration.ofDays(30);

    private final AwsJsonClient aws;
    private final String name;
    private final InstantSource clock;

    public AlarmTable(AwsJsonClient aws, String name, InstantSource clock) {
        this.aws = aws;
        this.name = name;
        this.clock = clock;
    }

    /** The alarm as it is now. */
    public Optional<AlarmRecord> find(String channel, String alarmKey) {
        return getItem(channel, ALARM_PREFIX + alarmKey)
                .map(item -> new AlarmRecord(
                        TableJson.read(item.string("episode"), Episode.class),
                        AlarmPayload.parse(item.string("body")),
                        tags(item.string("tags")),
                        item.optionalString("messageState")
                                .map(json -> TableJson.read(json, MessageState.class))
                                .orElse(MessageState.NOT_POSTED),
                        item.number("version")));
    }

    /**
     * Writes a change and its outbox entry in one transaction. The message state is kept, unless this is a new episode.
     *
     * @return false when another write came first (optimistic lock)
     */
    public boolean write(String channel, AlarmRecord alarm, Optional<OutboxEntry> entry) {
        boolean isNew = entry.filter(entryToPut -> entryToPut.kind() == OutboxEntry.Kind.NEW_MESSAGE)
                .isPresent();
        ObjectNode transaction =
                aws.newObject().put("ClientRequestToken", UUID.randomUUID().toString());
        ArrayNode writes = transaction.putArray("TransactItems");
        ObjectNode update = writes.addObject()
                .putObject("Update")
                .put("TableName", name)
                .put(
                        "UpdateExpression",
                        "SET episode = :episode, startedAt = :startedAt, body = :body, tags = :tags, version = :version,"
                                + " expires = :expires" + (isNew ? ", messageState = :messageState" : ""))
                .put(
                        "ConditionExpression",
                        alarm.version() > 1 ? "version = :expectedVersion" : "attribute_not_exists(id)");
        update.set(
                "Key",
                DynamoDbItem.key(channel, ALARM_PREFIX + alarm.episode().alarmKey())
                        .attributes());
        DynamoDbItem values = new DynamoDbItem()
                .putString(":episode", TableJson.write(alarm.episode()))
                .putString(":startedAt", alarm.episode().startedAt().toString())
                .putString(":body", alarm.payload().text())
                .putString(":tags", TableJson.write(alarm.tags()))
                .putNumber(":version", alarm.version())
                .putNumber(":expires", clock.instant().plus(RETENTION).getEpochSecond());
        if (alarm.version() > 1) {
            values.putNumber(":expectedVersion", alarm.version() - 1);
        }
        if (isNew) {
            values.putString(":messageState", TableJson.write(alarm.messageState()));
        }
        update.set("ExpressionAttributeValues", values.attributes());
        entry.ifPresent(entryToPut -> put(writes, item(channel, entryToPut)));
        return commit(transaction);
    }

    /**
     * Writes an entry about what is no alarm, unless it was written before.
     *
     * @return false when it was
     */
    boolean writeOnce(String channel, OutboxEntry entry) {
        ObjectNode transaction =
                aws.newObject().put("ClientRequestToken", UUID.randomUUID().toString());
        ArrayNode writes = transaction.putArray("TransactItems");
        put(writes, withTtl(DynamoDbItem.key(channel, DEDUP_PREFIX + entry.id())))
                .put("ConditionExpression", "attribute_not_exists(id)");
        put(writes, item(channel, entry));
        return commit(transaction);
    }

    /**
     * Saves what Slack shows by now; the caller holds the channel's lease. Nothing is saved for an episode that another
     * has followed.
     */
    public void saveMessageState(String channel, Episode episode, MessageState messageState) {
        ObjectNode update = aws.newObject()
                .put("TableName", name)
                .put("UpdateExpression", "SET messageState = :messageState")
                .put("ConditionExpression", "startedAt = :startedAt");
        update.set(
                "Key",
                DynamoDbItem.key(channel, ALARM_PREFIX + episode.alarmKey()).attributes());
        update.set(
                "ExpressionAttributeValues",
                new DynamoDbItem()
                        .putString(":messageState", TableJson.write(messageState))
                        .putString(":startedAt", episode.startedAt().toString())
                        .attributes());
        try {
            aws.call(Service.DYNAMODB, "UpdateItem", update);
        } catch (AwsJsonException failure) {
            if (!failure.isConditionFailed()) {
                throw failure;
            }
        }
    }

    /** One entry more, written however often. */
    public void addEntry(String channel, OutboxEntry entry) {
        ObjectNode put = aws.newObject().put("TableName", name);
        put.set("Item", item(channel, entry).attributes());
        aws.call(Service.DYNAMODB, "PutItem", put);
    }

    /** What has yet to be told, oldest first; what is only drawn again comes last. */
    public List<OutboxEntry> listPending(String channel) {
        ObjectNode query = aws.newObject()
                .put("TableName", name)
                .put("ConsistentRead", true)
                .put("KeyConditionExpression", "id = :id AND begins_with(sk, :prefix)");
        ObjectNode values = query.putObject("ExpressionAttributeValues");
        values.putObject(":id").put("S", channel);
        values.putObject(":prefix").put("S", OUTBOX_PREFIX);
        return DynamoDbItem.query(aws, query).stream()
                .map(item -> TableJson.read(item.string("body"), OutboxEntry.class))
                .toList();
    }

    /** Whether an entry is yet to be told. */
    boolean isPending(String channel, String entryId) {
        return getItem(channel, OUTBOX_PREFIX + entryId).isPresent();
    }

    /** They are told, or will never be. */
    public void deleteEntries(String channel, List<String> entryIds) {
        for (int from = 0; from < entryIds.size(); from += 25) {
            ObjectNode request = aws.newObject();
            ArrayNode writes = request.putObject("RequestItems").putArray(name);
            entryIds.subList(from, Math.min(entryIds.size(), from + 25))
                    .forEach(entryId -> writes.addObject()
                            .putObject("DeleteRequest")
                            .set(
                                    "Key",
                                    DynamoDbItem.key(channel, OUTBOX_PREFIX + entryId)
                                            .attributes()));
            while (!writes.isEmpty()) {
                JsonNode unprocessed = aws.call(Service.DYNAMODB, "BatchWriteItem", request)
                        .path("UnprocessedItems")
                        .path(name);
                writes.removeAll();
                unprocessed.forEach(writes::add);
            }
        }
    }

    /** As if this had never been written. */
    public void deleteDedupRecord(String channel, OutboxEntry entry) {
        ObjectNode delete = aws.newObject().put("TableName", name);
        delete.set("Key", DynamoDbItem.key(channel, DEDUP_PREFIX + entry.id()).attributes());
        aws.call(Service.DYNAMODB, "DeleteItem", delete);
    }

    /** Alarms that are told below another, as long as that rings. */
    public void linkChildren(String channel, String parent, List<String> children) {
        for (String child : children) {
            ObjectNode put = aws.newObject().put("TableName", name);
            put.set(
                    "Item",
                    withTtl(DynamoDbItem.key(channel, CHILD_PREFIX + child).putString("parent", parent))
                            .attributes());
            aws.call(Service.DYNAMODB, "PutItem", put);
        }
    }

    /** The alarm below which another is told. */
    public Optional<String> findParent(String channel, String child) {
        return getItem(channel, CHILD_PREFIX + child).map(item -> item.string("parent"));
    }

    private Optional<DynamoDbItem> getItem(String channel, String sortKey) {
        ObjectNode query = aws.newObject().put("TableName", name).put("ConsistentRead", true);
        query.set("Key", DynamoDbItem.key(channel, sortKey).attributes());
        return DynamoDbItem.fromGetItem(aws.call(Service.DYNAMODB, "GetItem", query));
    }

    private boolean commit(ObjectNode transaction) {
        try {
            aws.call(Service.DYNAMODB, "TransactWriteItems", transaction);
            return true;
        } catch (AwsJsonException failure) {
            if (failure.isConditionFailed()) {
                return false;
            }
            throw failure;
        }
    }

    private ObjectNode put(ArrayNode writes, DynamoDbItem item) {
        ObjectNode put = writes.addObject().putObject("Put").put("TableName", name);
        put.set("Item", item.attributes());
        return put;
    }

    private DynamoDbItem item(String channel, OutboxEntry entry) {
        return withTtl(DynamoDbItem.key(channel, OUTBOX_PREFIX + entry.id()).putString("body", TableJson.write(entry)));
    }

    private DynamoDbItem withTtl(DynamoDbItem item) {
        Instant end = clock.instant().plus(RETENTION);
        return item.putNumber("expires", end.getEpochSecond());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> tags(String json) {
        return TableJson.read(json, Map.class);
    }
}
