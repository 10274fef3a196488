package io.reverser.cdk.logs;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.IAspect;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.constructs.IConstruct;

/** Gives CDK's own functions, like the one that runs Helm, a log group with a retention period; Lambda would create one
 * without a retention period.
 *
 * @param settings the settings with the retention period
 */
public record LogRetentionAspect(Settings settings) implements IAspect {

    @Override
    public void visit(IConstruct node) {
        if (node instanceof CfnResource resource
                && resource.getCfnResourceType().equals("AWS::Lambda::Function")
                && !hasLogGroup(resource)) {
            resource.addPropertyOverride(
                    "LoggingConfig.LogGroup",
                    LogGroups.create(resource, "Log", settings).getLogGroupName());
        }
    }

    private static boolean hasLogGroup(CfnResource resource) {
        return resource instanceof CfnFunction function
                && function.getLoggingConfig() != null
                && function.getStack().resolve(function.getLoggingConfig()) instanceof Map<?, ?> logging
                && logging.containsKey("logGroup");
    }
}
