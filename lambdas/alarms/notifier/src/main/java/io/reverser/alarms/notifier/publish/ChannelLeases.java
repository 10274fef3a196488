package io.reverser.alarms.notifier.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.alarms.notifier.outbox.TableJson;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonClient.Service;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.awsjsonclient.DynamoDbItem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The leases of the channels, in the table of alarms. A lease that is not released expires. */
public final class ChannelLeases {

    private static final String SORT_KEY = "lease";
    private static final Duration LEASE_DURATION = Duration.ofSeconds(40);
    /** Whatever is further away than this was written by a clock that was wrong. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

    private final AwsJsonClient aws;
    private final String table;
    private final InstantSource clock;

    public ChannelLeases(AwsJsonClient aws, String table, InstantSource clock) {
        this.aws = aws;
        this.table = table;
        this.clock = clock;
    }

    /** The lease, or why it cannot be had. */
    sealed interface Acquisition {}

    record Acquired(ChannelLease lease) implements Acquisition {}

    /**
     * Another publisher holds the lease, or the rate limit allows no post yet.
     *
     * @param maxWait how long the rate limit still lasts; zero if only the lease is taken
     */
    record Busy(Duration maxWait) implements Acquisition {}

    /** Acquires a channel's lease, if it is free and the rate limit allows a post. */
    public Acquisition acquire(String channel) {
        Instant now = clock.instant();
        String holder = UUID.randomUUID().toString();
        ObjectNode update = aws.newObject()
                .put("TableName", table)
                .put("UpdateExpression", "SET holder = :holder, leaseExpiresAt = :expiresAt")
                .put(
                        "ConditionExpression",
                        "attribute_not_exists(leaseExpiresAt) OR holder = :holder"
                                + " OR ((leaseExpiresAt < :now OR leaseExpiresAt > :maxSkew)"
                                + " AND (attribute_not_exists(notBefore) OR notBefore <= :now OR notBefore > :maxSkew))")
                .put("ReturnValues", "ALL_NEW")
                .put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        update.set("Key", DynamoDbItem.key(channel, SORT_KEY).attributes());
        update.set(
                "ExpressionAttributeValues",
                new DynamoDbItem()
                        .putString(":holder", holder)
                        .putNumber(":now", now.toEpochMilli())
                        .putNumber(":expiresAt", now.plus(LEASE_DURATION).toEpochMilli())
                        .putNumber(":maxSkew", now.plus(MAX_CLOCK_SKEW).toEpochMilli())
                        .attributes());
        try {
            ObjectNode found = (ObjectNode)
                    aws.call(Service.DYNAMODB, "UpdateItem", update).path("Attributes");
            ChannelLease lease = new DynamoDbItem(found)
                    .optionalString("lease")
                    .map(json -> TableJson.read(json, ChannelLease.class))
                    .orElseGet(() -> new ChannelLease(channel, holder, now, 0, Optional.empty(), Optional.empty()));
            return new Acquired(new ChannelLease(
                    channel, holder, lease.notBefore(), lease.failures(), lease.inFlight(), lease.digest()));
        } catch (AwsJsonException failure) {
            if (!failure.isConditionFailed()) {
                throw failure;
            }
            return busy(failure, now);
        }
    }

    /** Writes down what the next one has to know, and renews the lease. */
    void renew(ChannelLease lease) {
        put(lease, clock.instant().plus(LEASE_DURATION));
    }

    /** Releases the lease; the next one begins when it may. */
    void release(ChannelLease lease) {
        put(lease, Instant.EPOCH);
    }

    private void put(ChannelLease lease, Instant expiresAt) {
        ObjectNode put = aws.newObject().put("TableName", table).put("ConditionExpression", "holder = :holder");
        put.set(
                "Item",
                DynamoDbItem.key(lease.channel(), SORT_KEY)
                        .putString("holder", lease.holder())
                        .putNumber("notBefore", lease.notBefore().toEpochMilli())
                        .putNumber("leaseExpiresAt", expiresAt.toEpochMilli())
                        .putString("lease", TableJson.write(lease))
                        .attributes());
        put.set(
                "ExpressionAttributeValues",
                new DynamoDbItem().putString(":holder", lease.holder()).attributes());
        aws.call(Service.DYNAMODB, "PutItem", put);
    }

    private static Busy busy(AwsJsonException failure, Instant now) {
        long notBefore =
                failure.details().path("Item").path("notBefore").path("N").asLong(0);
        Duration wait = Duration.between(now, Instant.ofEpochMilli(notBefore));
        return new Busy(wait.compareTo(MAX_CLOCK_SKEW) > 0 || wait.isNegative() ? Duration.ZERO : wait);
    }
}
