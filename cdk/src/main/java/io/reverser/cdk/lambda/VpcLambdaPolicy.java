package io.reverser.cdk.lambda;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Permissions for Lambda to manage the network interfaces of a function in a VPC. Lambda uses the function's role
 * for this, so a second statement denies the permissions to the function's code.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html">Lambda and VPCs</a>
 */
final class VpcLambdaPolicy {

    private static final List<String> ACTIONS = List.of(
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses");

    private VpcLambdaPolicy() {}

    static List<PolicyStatement> statements(String functionArn) {
        return List.of(
                // Lambda checks these permissions before a network interface exists, so no resource can be named.
                allow("ManageEnis", ACTIONS, List.of("*")),
                PolicyStatement.Builder.create()
                        .sid("DenyFunctionCode")
                        .effect(Effect.DENY)
                        .actions(ACTIONS)
                        .resources(List.of("*"))
                        .conditions(Map.of("ArnEquals", Map.of("lambda:SourceFunctionArn", functionArn)))
                        .build());
    }
}
