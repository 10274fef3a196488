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

/** Allows Secrets Manager to invoke the rotation function for the four rotation steps. Only this function starts
 * rotations: a deployment must not start one, and the schedule that Secrets Manager requires has the longest possible
 * interval.
 */
final class SecretsManagerRotation extends Construct {

    private static final int MAX_INTERVAL_DAYS = 1000;

    private final CfnRotationSchedule schedule;

    SecretsManagerRotation(Construct scope, Settings settings, SnapStartFunction rotation, ISecret secret) {
        super(scope, "SecretsManager");
        // Secrets Manager invokes the function and not its alias, because AWS documents only function ARNs for rotation
        // schedules.
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

    /**
     * Creates the rotation schedule only after these ingress rules, because Secrets Manager tests at once whether the
     * function can log in to the database.
     */
    void dependOn(List<IDependable> ingressRules) {
        schedule.getNode().addDependency(ingressRules.toArray(IDependable[]::new));
    }
}
