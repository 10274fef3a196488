package io.reverser.cdk.deploy;

import io.reverser.cdk.deploy.PermissionTable.Expectation;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** Asks IAM what the policies of a role allow, without making the calls. IAM evaluates the policies of the role, but not
 * those of resources.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">
 *     SimulatePrincipalPolicy</a>
 */
final class PolicySimulator implements AutoCloseable {

    private final IamClient iam;

    PolicySimulator(AwsAccount account) {
        iam = account.build(IamClient.builder());
    }

    /** What IAM answers otherwise than expected, as messages. */
    List<String> findDifferences(String roleArn, Expectation expected) {
        return iam
                .simulatePrincipalPolicyPaginator(request -> request.policySourceArn(roleArn)
                        .actionNames(expected.actions())
                        .resourceArns(expected.resource())
                        .contextEntries(expected.context().entrySet().stream()
                                .map(key -> contextEntry(key.getKey(), key.getValue()))
                                .toList()))
                .evaluationResults()
                .stream()
                .filter(result -> expected.allowed() != (result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED))
                .map(result -> DeployMessages.unexpectedPermission(
                        expected, result.evalActionName(), result.evalDecisionAsString()))
                .toList();
    }

    private static ContextEntry contextEntry(String key, List<String> values) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(values.size() == 1 ? ContextKeyTypeEnum.STRING : ContextKeyTypeEnum.STRING_LIST)
                .contextKeyValues(values)
                .build();
    }

    @Override
    public void close() {
        iam.close();
    }
}
