package io.reverser.access.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonClient.Service;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.awsjsonclient.DynamoDbItem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The DynamoDB table of requests, audit records and idempotency keys, with the partition key {@code id} and the sort
 * key {@code sk}. The table's stream is the outbox, which delivers every change to the granter function.
 *
 * <p>Related items are written in one transaction, so an interruption leaves no partial change.
 */
public final class RequestTable {

    private static final String REQUEST = "REQUEST";
    private static final String OPEN = "open";
    private static final Duration IDEMPOTENCY_KEY_TTL = Duration.ofDays(1);

    private final AwsJsonClient aws;
    private final String tableName;
    private final InstantSource clock;
    private final Consumer<String> log;

    /**
     * Uses the table with this name. Audit records are also written to standard output, which is the function's log.
     */
    public RequestTable(AwsJsonClient aws, String tableName, InstantSource clock) {
        this(aws, tableName, clock, System.out::println);
    }

    RequestTable(AwsJsonClient aws, String tableName, InstantSource clock, Consumer<String> log) {
        this.aws = aws;
        this.tableName = tableName;
        this.clock = clock;
        this.log = log;
    }

    /** Loads a request with a consistent read. */
    public Optional<VersionedRequest> find(RequestId id) {
        ObjectNode query = aws.newObject().put("TableName", tableName).put("ConsistentRead", true);
        query.set("Key", DynamoDbItem.key(id.value(), REQUEST).attributes());
        return DynamoDbItem.fromGetItem(aws.call(Service.DYNAMODB, "GetItem", query))
                .map(RequestTable::fromItem);
    }

    /**
     * The open requests, and the requests whose current state Slack does not show yet; an eventually consistent read.
     */
    public List<VersionedRequest> listOpen() {
        ObjectNode query = aws.newObject()
                .put("TableName", tableName)
                .put("IndexName", OPEN)
                .put("KeyConditionExpression", "#open = :yes");
        query.putObject("ExpressionAttributeNames").put("#open", OPEN);
        query.putObject("ExpressionAttributeValues").putObject(":yes").put("S", "yes");
        return DynamoDbItem.query(aws, query).stream()
                .map(RequestTable::fromItem)
                .toList();
    }

    /** The audit records of a request, oldest first. */
    public List<AuditRecord> listAuditRecords(RequestId id) {
        ObjectNode query = aws.newObject()
                .put("TableName", tableName)
                .put("KeyConditionExpression", "id = :id AND begins_with(sk, :audit)");
        ObjectNode values = query.putObject("ExpressionAttributeValues");
        values.putObject(":id").put("S", id.value());
        values.putObject(":audit").put("S", "AUDIT");
        return DynamoDbItem.query(aws, query).stream()
                .map(item -> RequestJson.readAuditRecord(item.string("body")))
                .toList();
    }

    /**
     * Serializes a write without sending it to DynamoDB, so that all classes are loaded before the first real write.
     */
    public static void primeSerialization(RequestWrite requestWrite) {
        requestWrite.after().ifPresent(RequestJson::write);
        requestWrite.auditRecords().forEach(RequestJson::write);
    }

    /** Stores the items of a write in one transaction. */
    public RequestWrite.WriteOutcome write(RequestWrite requestWrite) {
        ObjectNode transaction =
                aws.newObject().put("ClientRequestToken", UUID.randomUUID().toString());
        ArrayNode writes = transaction.putArray("TransactItems");
        var failureOutcomes = new ArrayList<RequestWrite.WriteOutcome>();
        requestWrite.idempotencyKey().ifPresent(idempotencyKey -> {
            addPut(
                    writes,
                    "attribute_not_exists(id)",
                    DynamoDbItem.key("DEDUP#" + idempotencyKey, "-")
                            .putNumber(
                                    "expires",
                                    clock.instant().plus(IDEMPOTENCY_KEY_TTL).getEpochSecond()));
            failureOutcomes.add(RequestWrite.WriteOutcome.DUPLICATE);
        });
        requestWrite.usageLimit().ifPresent(usageLimit -> {
            addUsageIncrement(writes, usageLimit);
            failureOutcomes.add(RequestWrite.WriteOutcome.LIMIT_REACHED);
        });
        requestWrite.after().ifPresent(after -> {
            addRequestPut(writes, requestWrite.before(), after);
            failureOutcomes.add(RequestWrite.WriteOutcome.VERSION_CONFLICT);
        });
        requestWrite
                .auditRecords()
                .forEach(auditRecord -> addPut(writes, "attribute_not_exists(id)", toItem(auditRecord)));
        try {
            aws.call(Service.DYNAMODB, "TransactWriteItems", transaction);
            requestWrite
                    .auditRecords()
                    .forEach(auditRecord -> log.accept("{\"audit\":" + RequestJson.write(auditRecord) + "}"));
            return RequestWrite.WriteOutcome.WRITTEN;
        } catch (AwsJsonException failure) {
            return toFailureOutcome(failure, failureOutcomes).orElseThrow(() -> failure);
        }
    }

    /**
     * Stores which version of the request Slack shows, and in which message.
     *
     * @return false when the request has changed since it was loaded; nothing is written then
     */
    public boolean saveSlackState(VersionedRequest loaded, VersionedRequest.SlackState slackState) {
        ObjectNode write = aws.newObject().put("TableName", tableName).put("ConditionExpression", "version = :version");
        write.set(
                "Item",
                toItem(new VersionedRequest(loaded.request(), loaded.version(), Optional.of(slackState)))
                        .attributes());
        write.putObject("ExpressionAttributeValues").putObject(":version").put("N", Long.toString(loaded.version()));
        try {
            aws.call(Service.DYNAMODB, "PutItem", write);
            return true;
        } catch (AwsJsonException failure) {
            if (failure.code().equals("ConditionalCheckFailedException")) {
                return false;
            }
            throw failure;
        }
    }

    private void addRequestPut(ArrayNode writes, Optional<VersionedRequest> before, Request after) {
        long version = before.map(VersionedRequest::version).orElse(0L);
        var stored = new VersionedRequest(after, version + 1, before.flatMap(VersionedRequest::slackState));
        ObjectNode put =
                addPut(writes, before.isPresent() ? "version = :version" : "attribute_not_exists(id)", toItem(stored));
        if (before.isPresent()) {
            put.putObject("ExpressionAttributeValues").putObject(":version").put("N", Long.toString(version));
        }
    }

    private ObjectNode addPut(ArrayNode writes, String condition, DynamoDbItem item) {
        ObjectNode put = writes.addObject().putObject("Put");
        put.put("TableName", tableName).put("ConditionExpression", condition).set("Item", item.attributes());
        return put;
    }

    private void addUsageIncrement(ArrayNode writes, RequestWrite.UsageLimit usageLimit) {
        ObjectNode update = writes.addObject()
                .putObject("Update")
                .put("TableName", tableName)
                .put("UpdateExpression", "ADD used :one SET expires = :expires")
                .put("ConditionExpression", "attribute_not_exists(id) OR used < :limit");
        update.set("Key", DynamoDbItem.key("USAGE#" + usageLimit.name(), "-").attributes());
        update.set(
                "ExpressionAttributeValues",
                new DynamoDbItem()
                        .putNumber(":one", 1)
                        .putNumber(":limit", usageLimit.maxUses())
                        .putNumber(
                                ":expires",
                                clock.instant()
                                        .plusSeconds(usageLimit.ttlSeconds())
                                        .getEpochSecond())
                        .attributes());
    }

    /**
     * The reason why DynamoDB rejected the transaction: the outcome for the first write whose condition failed. {@code
     * failureOutcomes} is in the order of the writes.
     */
    private static Optional<RequestWrite.WriteOutcome> toFailureOutcome(
            AwsJsonException failure, List<RequestWrite.WriteOutcome> failureOutcomes) {
        JsonNode reasons = failure.details().path("CancellationReasons");
        for (int i = 0; i < failureOutcomes.size(); i++) {
            if (reasons.path(i).path("Code").asText().equals("ConditionalCheckFailed")) {
                return Optional.of(failureOutcomes.get(i));
            }
        }
        boolean conflict = reasons.findValuesAsText("Code").contains("TransactionConflict");
        return conflict ? Optional.of(RequestWrite.WriteOutcome.VERSION_CONFLICT) : Optional.empty();
    }

    private static DynamoDbItem toItem(VersionedRequest stored) {
        DynamoDbItem item = DynamoDbItem.key(stored.request().id().value(), REQUEST)
                .putNumber("version", stored.version())
                .putString("body", RequestJson.write(stored.request()));
        stored.slackState().ifPresent(slackState -> item.putString("slackState", RequestJson.write(slackState)));
        if (stored.isOpen()) {
            item.putString(OPEN, "yes");
        }
        return item;
    }

    private static VersionedRequest fromItem(DynamoDbItem item) {
        return new VersionedRequest(
                RequestJson.readRequest(item.string("body")),
                item.number("version"),
                item.optionalString("slackState").map(RequestJson::readSlackState));
    }

    private static DynamoDbItem toItem(AuditRecord auditRecord) {
        return DynamoDbItem.key(
                        auditRecord.subject(),
                        "AUDIT#" + sortableTimestamp(auditRecord.at()) + "#" + auditRecord.action() + "#"
                                + auditRecord.actor())
                .putString("body", RequestJson.write(auditRecord));
    }

    /** The timestamp with a fixed number of digits, so that alphabetical order is chronological. */
    private static String sortableTimestamp(Instant at) {
        return "%d.%09d".formatted(at.getEpochSecond(), at.getNano());
    }
}
