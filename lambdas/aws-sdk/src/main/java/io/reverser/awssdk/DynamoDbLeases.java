package io.reverser.awssdk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Leases in a DynamoDB table with the partition key {@code id} and the sort key {@code sk}: a lease has one holder at a
 * time, and expires unless it is renewed or released.
 */
public final class DynamoDbLeases {

    private static final String SORT_KEY = "lease";

    /**
     * How far a stored time may be in the future. A later time was written by a host with a wrong clock, and is
     * ignored.
     */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Duration ttl;
    private final InstantSource clock;

    /**
     * Uses the leases in this table.
     *
     * @param ttl the time after which a lease expires unless it is renewed or released
     */
    public DynamoDbLeases(DynamoDbClient dynamoDb, String table, Duration ttl, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.ttl = ttl;
        this.clock = clock;
    }

    /**
     * A lease that the caller holds.
     *
     * @param holder a random ID of the lease's holder
     * @param notBefore the earliest time at which the lease may be acquired again
     * @param state a text for the next holder of the lease
     */
    public record Lease(String id, String holder, Instant notBefore, Optional<String> state) {}

    /** The result of an attempt to acquire a lease: the lease, or the reason why it cannot be acquired now. */
    public sealed interface Acquisition {}

    /**
     * The lease was acquired.
     *
     * @param lease the acquired lease, with the state that the previous holder saved
     */
    public record Acquired(Lease lease) implements Acquisition {}

    /**
     * Another holder has the lease, or the lease may not be acquired again yet.
     *
     * @param retryAfter the time until the lease may be acquired; zero if another holder has it and no such time is
     *     stored
     */
    public record Busy(Duration retryAfter) implements Acquisition {}

    /** Tries to acquire a lease. */
    public Acquisition acquire(String id) {
        Instant now = clock.instant();
        String holder = UUID.randomUUID().toString();
        try {
            // The condition also accepts this call's holder ID, so that the SDK's retry after a lost response succeeds.
            Map<String, AttributeValue> item = dynamoDb.updateItem(update -> update.tableName(table)
                            .key(key(id))
                            .updateExpression("SET holder = :holder, leaseExpiresAt = :expiresAt")
                            .conditionExpression(
                                    "attribute_not_exists(leaseExpiresAt) OR holder = :holder"
                                            + " OR ((leaseExpiresAt < :now OR leaseExpiresAt > :maxSkew) AND"
                                            + " (attribute_not_exists(notBefore) OR notBefore <= :now OR notBefore > :maxSkew))")
                            .expressionAttributeValues(Map.of(
                                    ":holder", AttributeValue.fromS(holder),
                                    ":now", epochMillis(now),
                                    ":expiresAt", epochMillis(now.plus(ttl)),
                                    ":maxSkew", epochMillis(now.plus(MAX_CLOCK_SKEW))))
                            .returnValues(ReturnValue.ALL_NEW)
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                    .attributes();
            return new Acquired(new Lease(
                    id,
                    holder,
                    notBefore(item),
                    Optional.ofNullable(item.get("state")).map(AttributeValue::s)));
        } catch (ConditionalCheckFailedException busy) {
            Duration wait = Duration.between(now, notBefore(busy.item()));
            return new Busy(wait.isNegative() || wait.compareTo(MAX_CLOCK_SKEW) > 0 ? Duration.ZERO : wait);
        }
    }

    /**
     * Renews a lease, and saves the lease's state for the next holder.
     *
     * @throws ConditionalCheckFailedException if the lease expired and another holder has acquired it
     */
    public void renew(Lease lease) {
        put(lease, clock.instant().plus(ttl));
    }

    /**
     * Releases a lease, and saves the lease's state for the next holder.
     *
     * @throws ConditionalCheckFailedException if the lease expired and another holder has acquired it
     */
    public void release(Lease lease) {
        put(lease, Instant.EPOCH);
    }

    /** Runs an action while holding a lease, unless another holder has the lease. */
    public void runIfAcquired(String id, Runnable action) {
        if (acquire(id) instanceof Acquired(Lease lease)) {
            try {
                action.run();
            } finally {
                releaseUnlessExpired(lease);
            }
        }
    }

    private void releaseUnlessExpired(Lease lease) {
        try {
            release(lease);
        } catch (ConditionalCheckFailedException expired) {
            // The lease expired, and another holder has acquired it.
        }
    }

    private void put(Lease lease, Instant expiresAt) {
        var item = new HashMap<>(key(lease.id()));
        item.put("holder", AttributeValue.fromS(lease.holder()));
        item.put("leaseExpiresAt", epochMillis(expiresAt));
        item.put("notBefore", epochMillis(lease.notBefore()));
        lease.state().ifPresent(state -> item.put("state", AttributeValue.fromS(state)));
        dynamoDb.putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("holder = :holder")
                .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(lease.holder()))));
    }

    private static Instant notBefore(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get("notBefore"))
                .map(value -> Instant.ofEpochMilli(Long.parseLong(value.n())))
                .orElse(Instant.EPOCH);
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id), "sk", AttributeValue.fromS(SORT_KEY));
    }

    private static AttributeValue epochMillis(Instant at) {
        return AttributeValue.fromN(Long.toString(at.toEpochMilli()));
    }
}
