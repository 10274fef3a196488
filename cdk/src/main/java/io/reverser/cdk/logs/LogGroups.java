package io.reverser.cdk.logs;

import io.reverser.cdk.iam.PolicyStatements;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Log groups with a retention period; log groups that AWS creates itself have none. */
public final class LogGroups {

    private LogGroups() {}

    /** A log group with a generated name. */
    public static LogGroup create(Construct scope, String id, Settings settings) {
        return create(LogGroup.Builder.create(scope, id), settings);
    }

    /** A log group with the name that an AWS service expects. */
    public static LogGroup create(Construct scope, String id, Settings settings, String name) {
        return create(LogGroup.Builder.create(scope, id).logGroupName(name), settings);
    }

    /** Allows writing to the given log group. */
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
