package io.reverser.cdk.lambda;

import static io.reverser.cdk.iam.PolicyStatements.allow;

import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What Lambda does in the name of a function that stands in a network. The function itself, which has the same name, may not.
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

    static List<PolicyStatement> statements(Settings settings, String function) {
        String functionArn =
                "arn:aws:lambda:%s:%s:function:%s".formatted(settings.region(), settings.account(), function);
        return List.of(
                // Lambda asks whether it may before there is an interface with a name.
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
