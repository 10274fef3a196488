package io.reverser.access.request;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Requests, what was decided about them, and which of Slack's deliveries were taken: one DynamoDB table with the key
 * {@code id}, {@code part}. Its stream tells every change to who carries it out.
 *
 * <p>Everything that belongs together is written in one transaction, so it can be cut off anywhere.
 */
public final class RequestTable {

    private static final String REQUEST = "REQUEST";
    private static final String OPEN = "open";
    private static final Duration DELIVERY_KEPT = Duration.ofDays(1);

    private final AwsApi aws;
    private final String name;
    private final InstantSource clock;
    private final Consumer<String> log;

    /** The table of this name; audit records are also lines on standard output, which is the function's log. */
    public RequestTable(AwsApi aws, String name, InstantSource clock) {
        this(aws, name, clock, System.out::println);
    }

    RequestTable(AwsApi aws, String name, InstantSource clock, Consumer<String> log) {
        this.aws = aws;
        this.name = name;
        this.clock = clock;
        this.log = log;
    }

    /** The request as it is now. */
    public Optional<Stored> find(RequestId id) {
        ObjectNode query = aws.object().put("TableName", name).put("ConsistentRead", true);
        query.set("Key", Item.key(id.value(), REQUEST).attributes());
        return Item.in(aws.call(Service.DYNAMODB, "GetItem", query)).map(RequestTable::stored);
    }

    /** Requests that are not at their end, or that Slack does not show as they are; some milliseconds old. */
    public List<Stored> open() {
        ObjectNode query = aws.object()
                .put("TableName", name)
                .put("IndexName", OPEN)
                .put("KeyConditionExpression", "#open = :yes");
        query.putObject("ExpressionAttributeNames").put("#open", OPEN);
        query.putObject("ExpressionAttributeValues").putObject(":yes").put("S", "yes");
        return Item.all(aws, query).stream().map(RequestTable::stored).toList();
    }

    /** What was decided about a request, oldest first. */
    public List<Audit> audit(RequestId id) {
        ObjectNode query = aws.object()
                .put("TableName", name)
                .put("KeyConditionExpression", "id = :id AND begins_with(part, :audit)");
        ObjectNode values = query.putObject("ExpressionAttributeValues");
        values.putObject(":id").put("S", id.value());
        values.putObject(":audit").put("S", "AUDIT");
        return Item.all(aws, query).stream()
                .map(item -> RequestJson.readAudit(item.text("body")))
                .toList();
    }

    /** Writes a change, whole or not at all. */
    public Change.Outcome write(Change change) {
        ObjectNode transaction =
                aws.object().put("ClientRequestToken", UUID.randomUUID().toString());
        ArrayNode writes = transaction.putArray("TransactItems");
        var losses = new ArrayList<Change.Outcome>();
        change.delivery().ifPresent(delivery -> {
            put(
                    writes,
                    "attribute_not_exists(id)",
                    Item.key("DELIVERY#" + delivery, "-")
                            .number(
                                    "expires",
                                    clock.instant().plus(DELIVERY_KEPT).getEpochSecond()));
            losses.add(Change.Outcome.SEEN);
        });
        change.cap().ifPresent(cap -> {
            count(writes, cap);
            losses.add(Change.Outcome.CAPPED);
        });
        change.after().ifPresent(after -> {
            putRequest(writes, change.before(), after);
            losses.add(Change.Outcome.OVERTAKEN);
        });
        change.audits().forEach(audit -> put(writes, "attribute_not_exists(id)", item(audit)));
        try {
            aws.call(Service.DYNAMODB, "TransactWriteItems", transaction);
            change.audits().forEach(audit -> log.accept("{\"audit\":" + RequestJson.write(audit) + "}"));
            return Change.Outcome.WRITTEN;
        } catch (AwsFailure failure) {
            return loss(failure, losses).orElseThrow(() -> failure);
        }
    }

    /**
     * Remembers what Slack shows.
     *
     * @return false when the request changed meanwhile, so that Slack shows an old version
     */
    public boolean show(Stored seen, Stored.Shown shown) {
        ObjectNode write = aws.object().put("TableName", name).put("ConditionExpression", "version = :seen");
        write.set(
                "Item",
                item(new Stored(seen.request(), seen.version(), Optional.of(shown)))
                        .attributes());
        write.putObject("ExpressionAttributeValues").putObject(":seen").put("N", Long.toString(seen.version()));
        try {
            aws.call(Service.DYNAMODB, "PutItem", write);
            return true;
        } catch (AwsFailure failure) {
            if (failure.code().equals("ConditionalCheckFailedException")) {
                return false;
            }
            throw failure;
        }
    }

    private void putRequest(ArrayNode writes, Optional<Stored> before, Request after) {
        long version = before.map(Stored::version).orElse(0L);
        var stored = new Stored(after, version + 1, before.flatMap(Stored::shown));
        ObjectNode put = put(writes, before.isPresent() ? "version = :seen" : "attribute_not_exists(id)", item(stored));
        if (before.isPresent()) {
            put.putObject("ExpressionAttributeValues").putObject(":seen").put("N", Long.toString(version));
        }
    }

    private ObjectNode put(ArrayNode writes, String condition, Item item) {
        ObjectNode put = writes.addObject().putObject("Put");
        put.put("TableName", name).put("ConditionExpression", condition).set("Item", item.attributes());
        return put;
    }

    private void count(ArrayNode writes, Change.Cap cap) {
        ObjectNode update = writes.addObject()
                .putObject("Update")
                .put("TableName", name)
                .put("UpdateExpression", "ADD used :one SET expires = :expires")
                .put("ConditionExpression", "attribute_not_exists(id) OR used < :limit");
        update.set("Key", Item.key("CAP#" + cap.name(), "-").attributes());
        update.set(
                "ExpressionAttributeValues",
                new Item()
                        .number(":one", 1)
                        .number(":limit", cap.limit())
                        .number(
                                ":expires",
                                clock.instant().plusSeconds(cap.seconds()).getEpochSecond())
                        .attributes());
    }

    /** The first write that was refused says why; they are in the order of the losses. */
    private static Optional<Change.Outcome> loss(AwsFailure failure, List<Change.Outcome> losses) {
        JsonNode reasons = failure.details().path("CancellationReasons");
        for (int i = 0; i < losses.size(); i++) {
            if (reasons.path(i).path("Code").asText().equals("ConditionalCheckFailed")) {
                return Optional.of(losses.get(i));
            }
        }
        boolean overtaken = reasons.findValuesAsText("Code").contains("TransactionConflict");
        return overtaken ? Optional.of(Change.Outcome.OVERTAKEN) : Optional.empty();
    }

    private static Item item(Stored stored) {
        Item item = Item.key(stored.request().id().value(), REQUEST)
                .number("version", stored.version())
                .text("body", RequestJson.write(stored.request()));
        stored.shown().ifPresent(shown -> item.text("shown", RequestJson.write(shown)));
        if (stored.isOpen()) {
            item.text(OPEN, "yes");
        }
        return item;
    }

    private static Stored stored(Item item) {
        return new Stored(
                RequestJson.readRequest(item.text("body")),
                item.number("version"),
                item.optionalText("shown").map(RequestJson::readShown));
    }

    private static Item item(Audit audit) {
        return Item.key(audit.subject(), "AUDIT#" + instant(audit.at()) + "#" + audit.action() + "#" + audit.actor())
                .text("body", RequestJson.write(audit));
    }

    /** With all its digits, so that text order is time order. */
    private static String instant(Instant at) {
        return "%d.%09d".formatted(at.getEpochSecond(), at.getNano());
    }
}
