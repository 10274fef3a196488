package io.reverser.cdk.addons;

import io.reverser.cdk.charts.PhysicalNames;
import io.reverser.cdk.settings.Logs;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Where Fluent Bit brings what pods say. */
final class PodLogs extends Construct {

    private final LogGroup group;

    PodLogs(Construct scope, Settings settings) {
        super(scope, "PodLogs");
        group = Logs.group(this, "Group", settings, new PhysicalNames(settings).podLogs());
    }

    /** To write there and nowhere else. */
    List<PolicyStatement> rights() {
        return List.of(PolicyStatement.Builder.create()
                .sid("Write")
                .actions(List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"))
                .resources(List.of(group.getLogGroupArn()))
                .build());
    }
}
