package io.reverser.rotation.rotator.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The DynamoDB table of the rotation log, with the key {@code id} and {@code sk}. */
public final class RotationLogTable {

    private static final String LEASE = "lease";

    private final DynamoDbClient client;
    private final String name;

    public RotationLogTable(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
    }

    static Map<String, AttributeValue> key(String id, String sortKey) {
        return Map.of("id", AttributeValue.fromS(id), "sk", AttributeValue.fromS(sortKey));
    }

    Optional<Map<String, AttributeValue>> find(Map<String, AttributeValue> key) {
        GetItemResponse found =
                client.getItem(get -> get.tableName(name).key(key).consistentRead(true));
        return found.hasItem() ? Optional.of(found.item()) : Optional.empty();
    }

    void put(Map<String, AttributeValue> item) {
        client.putItem(put -> put.tableName(name).item(item));
    }

    void delete(Map<String, AttributeValue> key) {
        client.deleteItem(delete -> delete.tableName(name).key(key));
    }

    /** All items of a partition, ordered by sort key. */
    List<Map<String, AttributeValue>> query(String id) {
        return query("id = :id", Map.of(":id", AttributeValue.fromS(id)));
    }

    /** The items of a partition whose sort key has this prefix, ordered by sort key. */
    List<Map<String, AttributeValue>> query(String id, String prefix) {
        return query(
                "id = :id AND begins_with(sk, :prefix)",
                Map.of(":id", AttributeValue.fromS(id), ":prefix", AttributeValue.fromS(prefix)));
    }

    private List<Map<String, AttributeValue>> query(String condition, Map<String, AttributeValue> values) {
        return client
                .queryPaginator(query -> query.tableName(name)
                        .consistentRead(true)
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(values))
                .items()
                .stream()
                .toList();
    }

    /**
     * Acquires the lease of an ID; false when another invocation holds it.
     *
     * @param maxClockSkew a lease that expires later than this from now was written with a wrong clock, and does not
     *     count
     */
    boolean acquireLease(String id, String holder, Instant now, Duration ttl, Duration maxClockSkew) {
        try {
            client.updateItem(update -> update.tableName(name)
                    .key(key(id, LEASE))
                    .updateExpression("SET holder = :me, expiresAt = :expiresAt")
                    .conditionExpression("attribute_not_exists(expiresAt) OR expiresAt < :now"
                            + " OR expiresAt > :latestPlausibleEnd OR holder = :me")
                    .expressionAttributeValues(Map.of(
                            ":me", AttributeValue.fromS(holder),
                            ":now", epochMillis(now),
                            ":expiresAt", epochMillis(now.plus(ttl)),
                            ":latestPlausibleEnd", epochMillis(now.plus(maxClockSkew)))));
            return true;
        } catch (ConditionalCheckFailedException heldByAnother) {
            return false;
        }
    }

    /** Releases it, if it is still the holder's. */
    void releaseLease(String id, String holder) {
        try {
            client.deleteItem(delete -> delete.tableName(name)
                    .key(key(id, LEASE))
                    .conditionExpression("holder = :me")
                    .expressionAttributeValues(Map.of(":me", AttributeValue.fromS(holder))));
        } catch (ConditionalCheckFailedException heldByAnother) {
            // It expired, and another invocation acquired it.
        }
    }

    /** Writes all or nothing; false when a condition did not hold. */
    boolean commit(Collection<TransactWriteItem> writes) {
        try {
            client.transactWriteItems(transaction -> transaction.transactItems(writes));
            return true;
        } catch (TransactionCanceledException cancelled) {
            if (cancelled.cancellationReasons().stream()
                    .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                return false;
            }
            throw cancelled;
        }
    }

    /** A write that replaces whatever is there. */
    TransactWriteItem newPut(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(item))
                .build();
    }

    /** A write on the condition that there is no such item. */
    TransactWriteItem newPutIfAbsent(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(item).conditionExpression("attribute_not_exists(id)"))
                .build();
    }

    /** A write on the condition that there is no such item, or one to which the condition applies. */
    TransactWriteItem newPutIfAbsentOr(
            String condition, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name)
                        .item(item)
                        .conditionExpression("attribute_not_exists(id) OR " + condition)
                        .expressionAttributeValues(values))
                .build();
    }

    /** A conditional update. */
    TransactWriteItem newUpdateIf(
            String condition, Map<String, AttributeValue> key, String update, Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .update(item -> item.tableName(name)
                        .key(key)
                        .updateExpression(update)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))
                .build();
    }

    private static AttributeValue epochMillis(Instant at) {
        return AttributeValue.fromN(Long.toString(at.toEpochMilli()));
    }
}
