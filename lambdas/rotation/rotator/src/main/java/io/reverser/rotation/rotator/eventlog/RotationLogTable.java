package io.reverser.rotation.rotator.eventlog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonClient.Service;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.awsjsonclient.DynamoDbItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The DynamoDB table of the rotation log, with the key {@code id} and {@code sk}. */
public final class RotationLogTable {

    private static final String LEASE = "lease";

    private final AwsJsonClient aws;
    private final String name;

    public RotationLogTable(AwsJsonClient aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    Optional<DynamoDbItem> get(DynamoDbItem key) {
        ObjectNode query = newRequest().put("ConsistentRead", true);
        query.set("Key", key.attributes());
        return DynamoDbItem.fromGetItem(aws.call(Service.DYNAMODB, "GetItem", query));
    }

    void put(DynamoDbItem item) {
        ObjectNode put = newRequest();
        put.set("Item", item.attributes());
        aws.call(Service.DYNAMODB, "PutItem", put);
    }

    void delete(DynamoDbItem key) {
        ObjectNode delete = newRequest();
        delete.set("Key", key.attributes());
        aws.call(Service.DYNAMODB, "DeleteItem", delete);
    }

    /** All items of an id whose sort key begins like this, in the order of their sort keys. */
    List<DynamoDbItem> query(String id, String prefix) {
        ObjectNode query = newRequest().put("ConsistentRead", true);
        DynamoDbItem values = new DynamoDbItem().putString(":id", id);
        if (prefix.isEmpty()) {
            query.put("KeyConditionExpression", "id = :id");
        } else {
            query.put("KeyConditionExpression", "id = :id AND begins_with(sk, :sk)");
            values.putString(":sk", prefix);
        }
        query.set("ExpressionAttributeValues", values.attributes());
        return DynamoDbItem.query(aws, query);
    }

    /**
     * Acquires the lease of an ID; false when another invocation holds it.
     *
     * @param maxClockSkew a lease that expires later than this from now was written with a wrong clock, and does not
     *     count
     */
    boolean acquireLease(String id, String holder, Instant now, Duration ttl, Duration maxClockSkew) {
        ObjectNode update = newRequest()
                .put("UpdateExpression", "SET holder = :me, expiresAt = :expiresAt")
                .put(
                        "ConditionExpression",
                        "attribute_not_exists(expiresAt) OR expiresAt < :now OR expiresAt > :latestPlausibleEnd OR holder = :me");
        update.set("Key", DynamoDbItem.key(id, LEASE).attributes());
        update.set(
                "ExpressionAttributeValues",
                new DynamoDbItem()
                        .putString(":me", holder)
                        .putNumber(":now", now.toEpochMilli())
                        .putNumber(":expiresAt", now.plus(ttl).toEpochMilli())
                        .putNumber(":latestPlausibleEnd", now.plus(maxClockSkew).toEpochMilli())
                        .attributes());
        return callIfConditionHolds("UpdateItem", update);
    }

    /** Releases it, if it is still the holder's. */
    void releaseLease(String id, String holder) {
        ObjectNode delete = newRequest().put("ConditionExpression", "holder = :me");
        delete.set("Key", DynamoDbItem.key(id, LEASE).attributes());
        delete.set(
                "ExpressionAttributeValues",
                new DynamoDbItem().putString(":me", holder).attributes());
        callIfConditionHolds("DeleteItem", delete);
    }

    private boolean callIfConditionHolds(String operation, ObjectNode request) {
        try {
            aws.call(Service.DYNAMODB, operation, request);
            return true;
        } catch (AwsJsonException failure) {
            if (failure.isConditionFailed()) {
                return false;
            }
            throw failure;
        }
    }

    /** Nothing to be written yet. */
    Transaction transaction() {
        return new Transaction();
    }

    private ObjectNode newRequest() {
        return aws.newObject().put("TableName", name);
    }

    /** Writes that happen together or not at all. */
    final class Transaction {

        private final ObjectNode request =
                aws.newObject().put("ClientRequestToken", UUID.randomUUID().toString());
        private final ArrayNode writes = request.putArray("TransactItems");

        /** Puts an item, whatever is there. */
        Transaction put(DynamoDbItem item) {
            addWrite("Put").set("Item", item.attributes());
            return this;
        }

        /** Puts an item where there is none. */
        Transaction putIfAbsent(DynamoDbItem item) {
            ObjectNode put = addWrite("Put").put("ConditionExpression", "attribute_not_exists(id)");
            put.set("Item", item.attributes());
            return this;
        }

        /** Puts an item where there is none, or one whose attribute has this value. */
        Transaction putIf(DynamoDbItem item, String attribute, String value) {
            ObjectNode put = addWrite("Put").put("ConditionExpression", "attribute_not_exists(id) OR #a = :v");
            put.set("Item", item.attributes());
            put.putObject("ExpressionAttributeNames").put("#a", attribute);
            put.set(
                    "ExpressionAttributeValues",
                    new DynamoDbItem().putString(":v", value).attributes());
            return this;
        }

        /** Sets an attribute of an item that has another attribute with this value. */
        Transaction updateIf(DynamoDbItem key, String attribute, String value, DynamoDbItem where) {
            String other = where.attributes().fieldNames().next();
            ObjectNode update =
                    addWrite("Update").put("UpdateExpression", "SET #a = :v").put("ConditionExpression", "#b = :w");
            update.set("Key", key.attributes());
            update.putObject("ExpressionAttributeNames").put("#a", attribute).put("#b", other);
            update.set(
                    "ExpressionAttributeValues",
                    new DynamoDbItem()
                            .putString(":v", value)
                            .putString(":w", where.string(other))
                            .attributes());
            return this;
        }

        /** Writes; false when a condition did not hold, and then nothing is written. */
        boolean commit() {
            try {
                aws.call(Service.DYNAMODB, "TransactWriteItems", request);
                return true;
            } catch (AwsJsonException failure) {
                if (failure.isConditionFailed()) {
                    return false;
                }
                throw failure;
            }
        }

        private ObjectNode addWrite(String kind) {
            return writes.addObject().putObject(kind).put("TableName", name);
        }
    }
}
