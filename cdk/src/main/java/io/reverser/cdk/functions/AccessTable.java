package io.reverser.cdk.functions;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.lambda.StateTable;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The DynamoDB table of access requests and decisions. */
final class AccessTable extends Construct {

    private final TableV2 table;

    AccessTable(Construct scope, Settings settings) {
        super(scope, "Requests");
        table = StateTable.builder(this, new PhysicalNames(settings).accessTable())
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndexPropsV2.builder()
                        .indexName("open")
                        .partitionKey(StateTable.stringAttribute("open"))
                        .build()))
                .dynamoStream(StreamViewType.KEYS_ONLY)
                .removalPolicy(settings.removalPolicy())
                .build();
    }

    TableV2 table() {
        return table;
    }

    /** Allows reading and writing items of the table, but no deletions and no scans. */
    PolicyStatement policyStatement() {
        return allow(
                "RequestTable",
                List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"),
                List.of(table.getTableArn(), table.getTableArn() + "/index/open"));
    }
}
