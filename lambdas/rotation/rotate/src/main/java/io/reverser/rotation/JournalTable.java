package io.reverser.rotation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsApi.Service;
import io.reverser.aws.AwsFailure;
import io.reverser.aws.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The DynamoDB table of the journal, with the key {@code id} and {@code part}. */
final class JournalTable {

    private static final String LEASE = "lease";

    private final AwsApi aws;
    private final String name;

    JournalTable(AwsApi aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    Optional<Item> get(Item key) {
        ObjectNode query = about().put("ConsistentRead", true);
        query.set("Key", key.attributes());
        return Item.in(aws.call(Service.DYNAMODB, "GetItem", query));
    }

    void put(Item item) {
        ObjectNode put = about();
        put.set("Item", item.attributes());
        aws.call(Service.DYNAMODB, "PutItem", put);
    }

    void delete(Item key) {
        ObjectNode delete = about();
        delete.set("Key", key.attributes());
        aws.call(Service.DYNAMODB, "DeleteItem", delete);
    }

    /** All items of an id whose part begins like this, in the order of their parts. */
    List<Item> find(String id, String prefix) {
        ObjectNode query = about().put("ConsistentRead", true);
        Item values = new Item().text(":id", id);
        if (prefix.isEmpty()) {
            query.put("KeyConditionExpression", "id = :id");
        } else {
            query.put("KeyConditionExpression", "id = :id AND begins_with(part, :part)");
            values.text(":part", prefix);
        }
        query.set("ExpressionAttributeValues", values.attributes());
        return Item.all(aws, query);
    }

    /**
     * From when to when somebody has something.
     *
     * @param absurd an end after this is none
     */
    record Term(Instant begin, Instant end, Instant absurd) {}

    /** Takes the lease of an id; false when somebody else has it. */
    boolean take(String id, String holder, Term term) {
        ObjectNode update = about().put("UpdateExpression", "SET holder = :me, ends = :end")
                .put(
                        "ConditionExpression",
                        "attribute_not_exists(ends) OR ends < :now OR ends > :absurd OR holder = :me");
        update.set("Key", Item.key(id, LEASE).attributes());
        update.set(
                "ExpressionAttributeValues",
                new Item()
                        .text(":me", holder)
                        .number(":now", term.begin().toEpochMilli())
                        .number(":end", term.end().toEpochMilli())
                        .number(":absurd", term.absurd().toEpochMilli())
                        .attributes());
        return isDone("UpdateItem", update);
    }

    /** Gives it back, if it is still one's own. */
    void giveBack(String id, String holder) {
        ObjectNode delete = about().put("ConditionExpression", "holder = :me");
        delete.set("Key", Item.key(id, LEASE).attributes());
        delete.set("ExpressionAttributeValues", new Item().text(":me", holder).attributes());
        isDone("DeleteItem", delete);
    }

    private boolean isDone(String operation, ObjectNode request) {
        try {
            aws.call(Service.DYNAMODB, operation, request);
            return true;
        } catch (AwsFailure failure) {
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

    private ObjectNode about() {
        return aws.object().put("TableName", name);
    }

    /** Writes that happen together or not at all. */
    final class Transaction {

        private final ObjectNode request =
                aws.object().put("ClientRequestToken", UUID.randomUUID().toString());
        private final ArrayNode writes = request.putArray("TransactItems");

        /** Puts an item, whatever is there. */
        Transaction put(Item item) {
            write("Put").set("Item", item.attributes());
            return this;
        }

        /** Puts an item where there is none. */
        Transaction putNew(Item item) {
            ObjectNode put = write("Put").put("ConditionExpression", "attribute_not_exists(id)");
            put.set("Item", item.attributes());
            return this;
        }

        /** Puts an item where there is none, or one whose attribute has this value. */
        Transaction putInstead(Item item, String attribute, String value) {
            ObjectNode put = write("Put").put("ConditionExpression", "attribute_not_exists(id) OR #a = :v");
            put.set("Item", item.attributes());
            put.putObject("ExpressionAttributeNames").put("#a", attribute);
            put.set("ExpressionAttributeValues", new Item().text(":v", value).attributes());
            return this;
        }

        /** Sets an attribute of an item that has another attribute with this value. */
        Transaction set(Item key, String attribute, String value, Item where) {
            String other = where.attributes().fieldNames().next();
            ObjectNode update =
                    write("Update").put("UpdateExpression", "SET #a = :v").put("ConditionExpression", "#b = :w");
            update.set("Key", key.attributes());
            update.putObject("ExpressionAttributeNames").put("#a", attribute).put("#b", other);
            update.set(
                    "ExpressionAttributeValues",
                    new Item().text(":v", value).text(":w", where.text(other)).attributes());
            return this;
        }

        /** Writes; false when a condition did not hold, and then nothing is written. */
        boolean isWritten() {
            try {
                aws.call(Service.DYNAMODB, "TransactWriteItems", request);
                return true;
            } catch (AwsFailure failure) {
                if (failure.isConditionFailed()) {
                    return false;
                }
                throw failure;
            }
        }

        private ObjectNode write(String kind) {
            return writes.addObject().putObject(kind).put("TableName", name);
        }
    }
}
