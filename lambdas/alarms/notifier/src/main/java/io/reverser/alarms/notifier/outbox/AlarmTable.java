package io.reverser.alarms.notifier.outbox;

import io.reverser.alarms.notifier.event.AlarmPayload;
import io.reverser.awssdk.AwsClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The DynamoDB table of alarms and the transactional outbox of their messages. Its partition key {@code id} is a channel;
 * the sort key is {@code sk}.
 */
public final class AlarmTable {

    private static final String ALARM_PREFIX = "alarm#";
    private static final String OUTBOX_PREFIX = "outbox#";
    private static final String DEDUP_PREFIX = "dedup#";
    private static final String CHILD_PREFIX = "child#";
    private static final Duration RETENTION = Duration.ofDays(30);
    /** DynamoDB's limit for one BatchWriteItem. */
    private static final int MAX_BATCH_WRITES = 25;

    private final DynamoDbClient dynamoDb;
    private final String name;
    private final InstantSource clock;

    public AlarmTable(DynamoDbClient dynamoDb, String name, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.name = name;
        this.clock = clock;
    }

    /** Finds an alarm, with its episode and the state of its Slack message. */
    public Optional<AlarmRecord> find(String channel, String alarmKey) {
        return getItem(channel, ALARM_PREFIX + alarmKey)
                .map(item -> new AlarmRecord(
                        TableJson.read(text(item, "episode"), Episode.class),
                        AlarmPayload.parse(text(item, "body")),
                        tags(text(item, "tags")),
                        Optional.ofNullable(item.get("messageState"))
                                .map(json -> TableJson.read(json.s(), MessageState.class))
                                .orElse(MessageState.NOT_POSTED),
                        Long.parseLong(attribute(item, "version").n())));
    }

    /**
     * Writes a change and its outbox entry in one transaction. The stored message state is kept, unless the change
     * starts a new episode.
     *
     * @return false when another process wrote the alarm first (optimistic lock)
     */
    public boolean write(String channel, AlarmRecord alarm, Optional<OutboxEntry> entry) {
        boolean isNew = entry.filter(entryToPut -> entryToPut.kind() == OutboxEntry.Kind.NEW_MESSAGE)
                .isPresent();
        var values = new HashMap<>(Map.of(
                ":episode", AttributeValue.fromS(TableJson.write(alarm.episode())),
                ":startedAt", AttributeValue.fromS(alarm.episode().startedAt().toString()),
                ":body", AttributeValue.fromS(alarm.payload().text()),
                ":tags", AttributeValue.fromS(TableJson.write(alarm.tags())),
                ":version", number(alarm.version()),
                ":expires", expiry()));
        if (alarm.version() > 1) {
            values.put(":expectedVersion", number(alarm.version() - 1));
        }
        if (isNew) {
            values.put(":messageState", AttributeValue.fromS(TableJson.write(alarm.messageState())));
        }
        TransactWriteItem update = TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(name)
                        .key(key(channel, ALARM_PREFIX + alarm.episode().alarmKey()))
                        .updateExpression("SET episode = :episode, startedAt = :startedAt, body = :body, tags = :tags,"
                                + " version = :version, expires = :expires"
                                + (isNew ? ", messageState = :messageState" : ""))
                        .conditionExpression(
                                alarm.version() > 1 ? "version = :expectedVersion" : "attribute_not_exists(id)")
                        .expressionAttributeValues(values)
                        .build())
                .build();
        return commit(Stream.concat(Stream.of(update), entry.map(entryToPut -> put(item(channel, entryToPut))).stream())
                .toList());
    }

    /**
     * Writes an outbox entry for a notification that is not a state change, unless the entry was written before.
     *
     * @return false when it was written before
     */
    boolean writeOnce(String channel, OutboxEntry entry) {
        Put dedup = Put.builder()
                .tableName(name)
                .item(withExpiry(key(channel, DEDUP_PREFIX + entry.id())))
                .conditionExpression("attribute_not_exists(id)")
                .build();
        return commit(List.of(TransactWriteItem.builder().put(dedup).build(), put(item(channel, entry))));
    }

    /**
     * Saves the state of an alarm's Slack message; the caller holds the channel's lease. Nothing is saved if a newer
     * episode has started.
     */
    public void saveMessageState(String channel, Episode episode, MessageState messageState) {
        try {
            dynamoDb.updateItem(update -> update.tableName(name)
                    .key(key(channel, ALARM_PREFIX + episode.alarmKey()))
                    .updateExpression("SET messageState = :messageState")
                    .conditionExpression("startedAt = :startedAt")
                    .expressionAttributeValues(Map.of(
                            ":messageState", AttributeValue.fromS(TableJson.write(messageState)),
                            ":startedAt",
                                    AttributeValue.fromS(episode.startedAt().toString()))));
        } catch (ConditionalCheckFailedException newerEpisode) {
            // The newer episode has another message, so the state of the older message is obsolete.
        }
    }

    /** Adds an outbox entry (idempotent). */
    public void addEntry(String channel, OutboxEntry entry) {
        putItem(item(channel, entry));
    }

    /** A channel's outbox entries, which are not published yet, oldest first; refreshes come last. */
    public List<OutboxEntry> listPending(String channel) {
        return dynamoDb
                .queryPaginator(query -> query.tableName(name)
                        .consistentRead(true)
                        .keyConditionExpression("id = :id AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(Map.of(
                                ":id", AttributeValue.fromS(channel), ":prefix", AttributeValue.fromS(OUTBOX_PREFIX))))
                .items()
                .stream()
                .map(item -> TableJson.read(text(item, "body"), OutboxEntry.class))
                .toList();
    }

    /** Whether an outbox entry is not published yet. */
    boolean isPending(String channel, String entryId) {
        return getItem(channel, OUTBOX_PREFIX + entryId).isPresent();
    }

    /** Deletes outbox entries that were published or sent to the dead-letter queue. */
    public void deleteEntries(String channel, List<String> entryIds) {
        for (int from = 0; from < entryIds.size(); from += MAX_BATCH_WRITES) {
            List<WriteRequest> writes =
                    entryIds.subList(from, Math.min(entryIds.size(), from + MAX_BATCH_WRITES)).stream()
                            .map(entryId -> WriteRequest.builder()
                                    .deleteRequest(delete -> delete.key(key(channel, OUTBOX_PREFIX + entryId)))
                                    .build())
                            .toList();
            while (!writes.isEmpty()) {
                Map<String, List<WriteRequest>> batch = Map.of(name, writes);
                writes = dynamoDb.batchWriteItem(request -> request.requestItems(batch))
                        .unprocessedItems()
                        .getOrDefault(name, List.of());
            }
        }
    }

    /** Deletes the deduplication record of an outbox entry, so that the entry can be written again. */
    public void deleteDedupRecord(String channel, OutboxEntry entry) {
        dynamoDb.deleteItem(delete -> delete.tableName(name).key(key(channel, DEDUP_PREFIX + entry.id())));
    }

    /** Records which alarms are published in the thread of a composite alarm while the composite alarm fires. */
    public void linkChildren(String channel, String parent, List<String> children) {
        for (String child : children) {
            var item = withExpiry(key(channel, CHILD_PREFIX + child));
            item.put("parent", AttributeValue.fromS(parent));
            putItem(item);
        }
    }

    /** The composite alarm in whose thread an alarm is published. */
    public Optional<String> findParent(String channel, String child) {
        return getItem(channel, CHILD_PREFIX + child).map(item -> text(item, "parent"));
    }

    private Optional<Map<String, AttributeValue>> getItem(String channel, String sortKey) {
        GetItemResponse response = dynamoDb.getItem(
                get -> get.tableName(name).key(key(channel, sortKey)).consistentRead(true));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }

    private void putItem(Map<String, AttributeValue> item) {
        dynamoDb.putItem(put -> put.tableName(name).item(item));
    }

    private boolean commit(List<TransactWriteItem> writes) {
        try {
            dynamoDb.transactWriteItems(transaction -> transaction.transactItems(writes));
            return true;
        } catch (TransactionCanceledException cancelled) {
            if (AwsClients.isConditionFailed(cancelled)) {
                return false;
            }
            throw cancelled;
        }
    }

    private TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(item))
                .build();
    }

    private Map<String, AttributeValue> item(String channel, OutboxEntry entry) {
        var item = withExpiry(key(channel, OUTBOX_PREFIX + entry.id()));
        item.put("body", AttributeValue.fromS(TableJson.write(entry)));
        return item;
    }

    private Map<String, AttributeValue> withExpiry(Map<String, AttributeValue> key) {
        var item = new HashMap<>(key);
        item.put("expires", expiry());
        return item;
    }

    private AttributeValue expiry() {
        return number(clock.instant().plus(RETENTION).getEpochSecond());
    }

    private static Map<String, AttributeValue> key(String channel, String sortKey) {
        return Map.of("id", AttributeValue.fromS(channel), "sk", AttributeValue.fromS(sortKey));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> tags(String json) {
        return TableJson.read(json, Map.class);
    }
}
