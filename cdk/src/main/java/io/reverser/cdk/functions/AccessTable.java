package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
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
        boolean retain = settings.database().deletionProtection();
        table = TableV2.Builder.create(this, "Table")
                .tableName(settings.name() + "-cluster-access")
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
                .deletionProtection(retain)
                .removalPolicy(retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .build();
    }

    TableV2 table() {
        return table;
    }

    /** To read and write requests, nothing else. */
    PolicyStatement policyStatement() {
        return PolicyStatement.Builder.create()
                .sid("Requests")
                .actions(List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"))
                .resources(List.of(table.getTableArn(), table.getTableArn() + "/index/open"))
                .build();
    }

    private static Attribute stringAttribute(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
