package io.reverser.cdk.addons;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Where Fluent Bit brings what pods say. */
final class PodLogs extends Construct {

    private final LogGroup logGroup;

    PodLogs(Construct scope, Settings settings) {
        super(scope, "PodLogs");
        logGroup = LogGroups.create(this, "Group", settings, new PhysicalNames(settings).podLogGroup());
    }

    /** To write there and nowhere else. */
    List<PolicyStatement> policyStatements() {
        return List.of(PolicyStatement.Builder.create()
                .sid("WriteLogs")
                .actions(List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"))
                .resources(List.of(logGroup.getLogGroupArn()))
                .build());
    }
}
