package io.reverser.cdk.lambda;

import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.constructs.Construct;

/**
 * A function's DynamoDB table: partition key {@code id}, sort key {@code sk}, TTL in {@code expires}.
 * {@code TableDefinitions} creates the same table in the sandbox.
 */
public final class StateTable {

    private StateTable() {}

    /** An on-demand table with point-in-time recovery; the caller sets the removal policy and all other properties. */
    public static TableV2.Builder builder(Construct scope, String name) {
        return TableV2.Builder.create(scope, "Table")
                .tableName(name)
                .partitionKey(stringAttribute("id"))
                .sortKey(stringAttribute("sk"))
                .billing(Billing.onDemand())
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build());
    }

    /** A key of the table or of an index. */
    public static Attribute stringAttribute(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
