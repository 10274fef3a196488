package io.reverser.cdk.rotation;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** How far a rotation is, and what became of those before. */
final class RotationStateTable extends Construct {

    private final TableV2 table;

    RotationStateTable(Construct scope, Settings settings) {
        super(scope, "Rotations");
        table = TableV2.Builder.create(this, "Table")
                .tableName(new PhysicalNames(settings).rotationTable())
                .partitionKey(stringAttribute("id"))
                .sortKey(stringAttribute("sk"))
                .billing(Billing.onDemand())
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(settings.deletionProtection())
                .removalPolicy(settings.removalPolicy())
                .build();
    }

    String tableName() {
        return table.getTableName();
    }

    PolicyStatement policyStatement() {
        return PolicyStatement.Builder.create()
                .sid("StateTable")
                .actions(List.of(
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:UpdateItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:Query"))
                .resources(List.of(table.getTableArn()))
                .build();
    }

    private static Attribute stringAttribute(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
