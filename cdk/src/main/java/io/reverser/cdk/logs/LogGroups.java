package io.reverser.cdk.logs;

import io.reverser.cdk.iam.PolicyStatements;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Log groups that end; one that AWS makes itself is kept for ever. */
public final class LogGroups {

    private LogGroups() {}

    /** A group with a name of CloudFormation's choice. */
    public static LogGroup create(Construct scope, String id, Settings settings) {
        return create(LogGroup.Builder.create(scope, id), settings);
    }

    /** A group with a name that AWS expects. */
    public static LogGroup create(Construct scope, String id, Settings settings, String name) {
        return create(LogGroup.Builder.create(scope, id).logGroupName(name), settings);
    }

    /** Writing to this group and to no other. */
    public static PolicyStatement writeStatement(LogGroup group) {
        return PolicyStatements.allow(
                "WriteLogs",
                List.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
                List.of(group.getLogGroupArn()));
    }

    private static LogGroup create(LogGroup.Builder group, Settings settings) {
        return group.retention(settings.operations().logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }
}
