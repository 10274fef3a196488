package io.reverser.cdk.rotation;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the function may do in AWS. Its rights in the cluster are those of a Kubernetes group; in the database, those of
 * the administrator.
 *
 * @param secretArn ARN of the secret whose password is changed
 * @param readableSecretArns ARNs of secrets that are only read
 */
record RotationPolicy(Settings settings, String secretArn, List<String> readableSecretArns) {

    List<PolicyStatement> statements() {
        return List.of(
                statement(
                        "RotateSecret",
                        List.of(
                                "secretsmanager:DescribeSecret",
                                "secretsmanager:GetSecretValue",
                                "secretsmanager:PutSecretValue",
                                "secretsmanager:UpdateSecretVersionStage",
                                "secretsmanager:RotateSecret"),
                        List.of(secretArn)),
                statement("ReadSecrets", List.of("secretsmanager:GetSecretValue"), readableSecretArns),
                statement(
                        "DescribeCluster",
                        List.of("eks:DescribeCluster"),
                        List.of("arn:aws:eks:%s:%s:cluster/%s"
                                .formatted(
                                        settings.region(),
                                        settings.account(),
                                        settings.cluster().name()))),
                // RotateSecret asks its caller for it. By name, because the function waits for these rights.
                statement(
                        "InvokeOnRotateSecret",
                        List.of("lambda:InvokeFunction"),
                        List.of("arn:aws:lambda:%s:%s:function:%s"
                                .formatted(
                                        settings.region(),
                                        settings.account(),
                                        new PhysicalNames(settings).function("rotation-rotator")))),
                // It takes no name of a resource.
                statement("DescribeAlarms", List.of("cloudwatch:DescribeAlarms"), List.of("*")));
    }

    private static PolicyStatement statement(String sid, List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(resources)
                .build();
    }
}
