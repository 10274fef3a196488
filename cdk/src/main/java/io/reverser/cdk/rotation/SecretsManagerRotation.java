package io.reverser.cdk.rotation;

import io.reverser.cdk.lambda.SnapStartFunction;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.secretsmanager.CfnRotationSchedule;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * Lets Secrets Manager call the function for the four steps. When that begins is the function's own decision: a change here
 * must not rotate, and Secrets Manager's own schedule, which has to exist, is as far away as it can be.
 */
final class SecretsManagerRotation extends Construct {

    private static final int MAX_INTERVAL_DAYS = 1000;

    private final CfnRotationSchedule schedule;

    SecretsManagerRotation(Construct scope, Settings settings, SnapStartFunction rotation, ISecret secret) {
        super(scope, "SecretsManager");
        // Not the alias: AWS documents the ARN of a function here, and nothing else.
        Function function = rotation.function();
        function.addPermission(
                "SecretsManager",
                Permission.builder()
                        .principal(new ServicePrincipal("secretsmanager.amazonaws.com"))
                        .sourceAccount(settings.account())
                        .sourceArn(secret.getSecretArn())
                        .build());
        schedule = CfnRotationSchedule.Builder.create(this, "Schedule")
                .secretId(secret.getSecretArn())
                .rotationLambdaArn(function.getFunctionArn())
                .rotateImmediatelyOnUpdate(false)
                .rotationRules(CfnRotationSchedule.RotationRulesProperty.builder()
                        .automaticallyAfterDays(MAX_INTERVAL_DAYS)
                        .build())
                .build();
        schedule.getNode().addDependency(function);
    }

    /** Secrets Manager tries at once whether the function can log in. */
    void dependOn(List<IDependable> ingressRules) {
        schedule.getNode().addDependency(ingressRules.toArray(IDependable[]::new));
    }
}
