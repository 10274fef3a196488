package io.reverser.cdk.functions;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The table of requests and of what was decided. {@code TableDefinitions} creates the same in the sandbox. */
final class AccessTable extends Construct {

    private final TableV2 table;

    AccessTable(Construct scope, Settings settings) {
        super(scope, "Requests");
        table = TableV2.Builder.create(this, "Table")
                .tableName(new PhysicalNames(settings).accessTable())
                .partitionKey(stringAttribute("id"))
                .sortKey(stringAttribute("sk"))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndexPropsV2.builder()
                        .indexName("open")
                        .partitionKey(stringAttribute("open"))
                        .build()))
                .billing(Billing.onDemand())
                .dynamoStream(StreamViewType.KEYS_ONLY)
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(settings.deletionProtection())
                .removalPolicy(settings.removalPolicy())
                .build();
    }

    TableV2 table() {
        return table;
    }

    /** To read and write requests, nothing else. */
    PolicyStatement policyStatement() {
        return PolicyStatement.Builder.create()
                .sid("RequestTable")
                .actions(List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"))
                .resources(List.of(table.getTableArn(), table.getTableArn() + "/index/open"))
                .build();
    }

    private static Attribute stringAttribute(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
