package io.reverser.rotation.rotator.eventlog;

import io.reverser.awssdk.AwsClients;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The DynamoDB table of the rotation log, with the partition key {@code id} and the sort key {@code sk}. */
public final class RotationLogTable {

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

    /** Makes all writes in one transaction; returns false when a condition did not hold. */
    boolean commit(Collection<TransactWriteItem> writes) {
        try {
            client.transactWriteItems(transaction -> transaction.transactItems(writes));
            return true;
        } catch (TransactionCanceledException cancelled) {
            if (AwsClients.isConditionFailed(cancelled)) {
                return false;
            }
            throw cancelled;
        }
    }

    /** A write that replaces an existing item with the same key. */
    TransactWriteItem newPut(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(item))
                .build();
    }

    /** A write on the condition that no item with the same key exists. */
    TransactWriteItem newPutIfAbsent(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(name).item(item).conditionExpression("attribute_not_exists(id)"))
                .build();
    }

    /**
     * A write on the condition that no item with the same key exists, or that the existing item meets this condition.
     */
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
}
