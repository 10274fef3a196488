package io.reverser.cdk.rotation;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the rotator may do in AWS. In the cluster it has the permissions of a Kubernetes group, in the database those
 * of the administrator.
 *
 * @param secretArn ARN of the secret to rotate
 * @param readableSecretArns ARNs of secrets that are only read
 * @param tableArn ARN of the DynamoDB table of rotations
 */
record RotationPolicy(Settings settings, String secretArn, List<String> readableSecretArns, String tableArn) {

    List<PolicyStatement> statements() {
        return List.of(
                allow(
                        "RotateSecret",
                        List.of(
                                "secretsmanager:DescribeSecret",
                                "secretsmanager:GetSecretValue",
                                "secretsmanager:PutSecretValue",
                                "secretsmanager:UpdateSecretVersionStage",
                                "secretsmanager:RotateSecret"),
                        List.of(secretArn)),
                allow("ReadSecrets", List.of("secretsmanager:GetSecretValue"), readableSecretArns),
                allow(
                        "DescribeCluster",
                        List.of("eks:DescribeCluster"),
                        List.of("arn:aws:eks:%s:%s:cluster/%s"
                                .formatted(
                                        settings.region(),
                                        settings.account(),
                                        settings.cluster().name()))),
                // The caller of RotateSecret needs permission to invoke the rotation function. The function's ARN is
                // built from its name, because the function depends on this policy.
                allow(
                        "InvokeOnRotateSecret",
                        List.of("lambda:InvokeFunction"),
                        List.of(new PhysicalNames(settings).functionArn("rotation-rotator"))),
                // DescribeAlarms supports no resource-level permissions.
                allow("DescribeAlarms", List.of("cloudwatch:DescribeAlarms"), List.of("*")),
                allow(
                        "StateTable",
                        List.of(
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:Query"),
                        List.of(tableArn)));
    }
}
