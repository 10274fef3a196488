package io.reverser.alarms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsApi.Service;
import io.reverser.aws.AwsFailure;
import io.reverser.aws.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Whose turn it is in each channel, in the same table. A turn that nobody ends is over after a while. */
final class Turns {

    private static final String PART = "turn";
    private static final Duration LONGEST = Duration.ofSeconds(40);
    /** Whatever is further away than this was written by a clock that was wrong. */
    private static final Duration ABSURD = Duration.ofHours(1);

    private final AwsApi aws;
    private final String table;
    private final InstantSource clock;

    Turns(AwsApi aws, String table, InstantSource clock) {
        this.aws = aws;
        this.table = table;
        this.clock = clock;
    }

    /** Somebody has the turn, or nobody may speak now: how long that will be so, at most. */
    record Busy(Duration longest) {}

    /** The turn, or why it cannot be had. */
    record Answer(Optional<Turn> turn, Busy busy) {}

    /** Takes the turn of a channel, if nobody has it and nobody has to wait. */
    Answer take(String channel) {
        Instant now = clock.instant();
        String holder = UUID.randomUUID().toString();
        ObjectNode update = aws.object()
                .put("TableName", table)
                .put("UpdateExpression", "SET holder = :me, ends = :end")
                .put(
                        "ConditionExpression",
                        "attribute_not_exists(ends) OR holder = :me OR ((ends < :now OR ends > :absurd)"
                                + " AND (attribute_not_exists(begins) OR begins <= :now OR begins > :absurd))")
                .put("ReturnValues", "ALL_NEW")
                .put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        update.set("Key", Item.key(channel, PART).attributes());
        update.set(
                "ExpressionAttributeValues",
                new Item()
                        .text(":me", holder)
                        .number(":now", now.toEpochMilli())
                        .number(":end", now.plus(LONGEST).toEpochMilli())
                        .number(":absurd", now.plus(ABSURD).toEpochMilli())
                        .attributes());
        try {
            ObjectNode found = (ObjectNode)
                    aws.call(Service.DYNAMODB, "UpdateItem", update).path("Attributes");
            Turn turn = new Item(found)
                    .optionalText("turn")
                    .map(json -> TableJson.read(json, Turn.class))
                    .orElseGet(() -> new Turn(channel, holder, now, 0, Optional.empty(), Optional.empty()));
            return new Answer(
                    Optional.of(new Turn(channel, holder, turn.next(), turn.failures(), turn.doubt(), turn.digest())),
                    new Busy(Duration.ZERO));
        } catch (AwsFailure failure) {
            if (!failure.isConditionFailed()) {
                throw failure;
            }
            return new Answer(Optional.empty(), busy(failure, now));
        }
    }

    /** Writes down what the next one has to know, and keeps the turn. */
    void keep(Turn turn) {
        put(turn, clock.instant().plus(LONGEST));
    }

    /** Ends the turn; the next one begins when it may. */
    void release(Turn turn) {
        put(turn, Instant.EPOCH);
    }

    private void put(Turn turn, Instant end) {
        ObjectNode put = aws.object().put("TableName", table).put("ConditionExpression", "holder = :me");
        put.set(
                "Item",
                Item.key(turn.channel(), PART)
                        .text("holder", turn.holder())
                        .number("begins", turn.next().toEpochMilli())
                        .number("ends", end.toEpochMilli())
                        .text("turn", TableJson.write(turn))
                        .attributes());
        put.set(
                "ExpressionAttributeValues",
                new Item().text(":me", turn.holder()).attributes());
        aws.call(Service.DYNAMODB, "PutItem", put);
    }

    private static Busy busy(AwsFailure failure, Instant now) {
        long begins = failure.details().path("Item").path("begins").path("N").asLong(0);
        Duration wait = Duration.between(now, Instant.ofEpochMilli(begins));
        return new Busy(wait.compareTo(ABSURD) > 0 || wait.isNegative() ? Duration.ZERO : wait);
    }
}
