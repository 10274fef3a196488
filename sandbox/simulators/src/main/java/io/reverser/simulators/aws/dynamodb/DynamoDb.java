package io.reverser.simulators.aws.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.IamRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The DynamoDB API with the fault injector, in front of DynamoDB Local. All instances in a process share one DynamoDB
 * Local. Each instance has a separate account in it, and so separate tables. When an instance is closed, its account is
 * cleared and reused by a later instance, because DynamoDB Local never frees an account, and each account keeps five
 * threads busy.
 */
public final class DynamoDb implements SimulatedApi, AutoCloseable {

    private static final AtomicInteger ACCOUNT_COUNTER = new AtomicInteger();
    private static final Queue<String> FREE_ACCOUNTS = new ConcurrentLinkedQueue<>();

    private final String account =
            Optional.ofNullable(FREE_ACCOUNTS.poll()).orElseGet(() -> "sandbox" + ACCOUNT_COUNTER.incrementAndGet());

    /**
     * Starts DynamoDB Local when the first instance is created, so that the first API call does not wait for the
     * startup.
     */
    private final DynamoDbLocal local = DynamoDbLocal.INSTANCE;

    /**
     * Each API call holds the read lock, so that no call writes to the account while {@code close} releases it to
     * another instance.
     */
    private final ReadWriteLock closeLock = new ReentrantReadWriteLock();

    private boolean closed;

    @Override
    public String name() {
        return "DynamoDB";
    }

    @Override
    public String resolveOperation(String method, List<String> path) {
        return "Unknown";
    }

    /**
     * A transaction needs the permission for each of its operations; there is none for the transaction.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">Transactions
     *     and IAM</a>
     */
    @Override
    public List<IamRequest> iamRequests(AwsRequest request) {
        JsonNode body = request.body();
        return switch (request.operation()) {
            case "TransactWriteItems" ->
                body.path("TransactItems")
                        .valueStream()
                        .flatMap(JsonNode::propertyStream)
                        .map(item -> item(item.getKey() + "Item", item.getValue()))
                        .toList();
            case "BatchWriteItem" ->
                body.path("RequestItems")
                        .propertyStream()
                        .map(table -> IamRequest.of("dynamodb:BatchWriteItem", tableArn(table.getKey())))
                        .toList();
            default -> List.of(item(request.operation(), body));
        };
    }

    private static IamRequest item(String operation, JsonNode body) {
        // The operation in a transaction is ConditionCheck, and its permission is ConditionCheckItem.
        String index = body.path("IndexName").asText();
        return IamRequest.of(
                "dynamodb:" + operation,
                tableArn(body.path("TableName").asText()) + (index.isEmpty() ? "" : "/index/" + index));
    }

    private static String tableArn(String table) {
        return IamRequest.arn("dynamodb", "table/" + table);
    }

    @Override
    public JsonNode handle(AwsRequest request) {
        return call(request.operation(), request.body());
    }

    /**
     * Calls DynamoDB or DynamoDB Streams. The operation's name determines the service, because no two operations share
     * a name.
     */
    public JsonNode call(String operation, JsonNode request) {
        closeLock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("This DynamoDB is closed");
            }
            return local.call(account, operation, request);
        } finally {
            closeLock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        closeLock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                local.call(account, "ListTables", JsonNodeFactory.instance.objectNode())
                        .path("TableNames")
                        .forEach(this::deleteTable);
                FREE_ACCOUNTS.add(account);
            }
        } finally {
            closeLock.writeLock().unlock();
        }
    }

    private void deleteTable(JsonNode name) {
        local.call(account, "DeleteTable", JsonNodeFactory.instance.objectNode().set("TableName", name));
    }
}
