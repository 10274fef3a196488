package io.reverser.cdk.rotation;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** How far a rotation is, and what became of those before. */
final class RotationTable extends Construct {

    private final TableV2 table;

    RotationTable(Construct scope, Settings settings) {
        super(scope, "Rotations");
        boolean kept = settings.database().isProtected();
        table = TableV2.Builder.create(this, "Table")
                .tableName(name(settings))
                .partitionKey(text("id"))
                .sortKey(text("part"))
                .billing(Billing.onDemand())
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(kept)
                .removalPolicy(kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .build();
    }

    String name() {
        return table.getTableName();
    }

    PolicyStatement rights() {
        return PolicyStatement.Builder.create()
                .sid("Remember")
                .actions(List.of(
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:UpdateItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:Query"))
                .resources(List.of(table.getTableArn()))
                .build();
    }

    private static String name(Settings settings) {
        return settings.name() + "-rotation";
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
