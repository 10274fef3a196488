package io.reverser.cdk.deploy;

import io.reverser.cdk.deploy.PermissionTable.Expectation;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** After a deployment, asks AWS itself what the deployed roles may do. Creates only what it deletes again.
 *
 * @param account the account that contains the deployed environment
 * @param settings of the environment
 */
public record PermissionVerification(AwsAccount account, Settings settings) {

    private static final Pattern HASH = Pattern.compile("[0-9A-F]{8}$");

    /** The result for the person who verifies: what was asked, and what is not as expected.
     *
     * @param summary one line
     */
    public record Report(String summary, List<String> problems) {

        static Report failed(String problem) {
            return new Report("", List.of(problem));
        }
    }

    /** Asks about every row of the table, and then makes a few calls with the policies of granter. */
    public Report run() {
        Optional<String> otherAccount = Preflight.checkAccount(account, settings);
        if (otherAccount.isPresent()) {
            return Report.failed(otherAccount.get());
        }
        try {
            PermissionTable table = PermissionTable.read();
            Map<String, String> arns = fetchArns(account, settings, table.stacks());
            Set<String> missing = new TreeSet<>(table.resources());
            missing.removeAll(arns.keySet());
            return missing.isEmpty()
                    ? run(arns, table.expectations(settings, arns))
                    : Report.failed(DeployMessages.notDeployed(settings, missing));
        } catch (SdkException refused) {
            return Report.failed(
                    DeployMessages.failedVerification(account.lastCall(), String.valueOf(refused.getMessage())));
        }
    }

    private Report run(Map<String, String> arns, List<Expectation> expectations) {
        var problems = new ArrayList<String>();
        try (var iam = account.build(IamClient.builder())) {
            expectations.parallelStream()
                    .map(expected -> findDifferences(iam, String.valueOf(arns.get(expected.role())), expected))
                    .toList()
                    .forEach(problems::addAll);
        }
        long calls = expectations.stream()
                .mapToLong(expected -> expected.actions().size())
                .sum();
        long roles = expectations.stream().map(Expectation::role).distinct().count();
        var probe = new AccessEntryProbe(account, settings);
        problems.addAll(probe.findProblems(arns));
        return new Report(DeployMessages.verifiedPermissions(calls, roles, probe.calls(), settings), problems);
    }

    /** What IAM answers otherwise than expected, as messages. IAM simulates the policies of the role, not those of resources.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">
     *     SimulatePrincipalPolicy</a>
     */
    private static List<String> findDifferences(IamClient iam, String roleArn, Expectation expected) {
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

    /** Fetches the ARNs of the resources of the stacks that exist, by stack and logical ID without the hash, like {@code
     * functions/AccessRequestsTable}.
     *
     * @param stacks without the environment's name, like {@code functions}
     */
    static Map<String, String> fetchArns(AwsAccount account, Settings settings, Iterable<String> stacks) {
        var arns = new TreeMap<String, String>();
        for (String stack : stacks) {
            for (StackResourceSummary resource : account.listStackResources(settings.name() + "-" + stack)) {
                String name = HASH.matcher(resource.logicalResourceId()).replaceAll("");
                arns.putIfAbsent(
                        stack + "/" + name, arn(resource.resourceType(), resource.physicalResourceId(), settings));
            }
        }
        return arns;
    }

    /** The ARN of a resource, whose physical ID is its name, its URL, or already its ARN. */
    private static String arn(String type, String id, Settings settings) {
        if (id.startsWith("arn:")) {
            return id;
        }
        String regional = "arn:aws:%%s:%s:%s:%%s".formatted(settings.region(), settings.account());
        return switch (type) {
            case "AWS::IAM::Role" -> "arn:aws:iam::%s:role/%s".formatted(settings.account(), id);
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + id;
            case "AWS::DynamoDB::GlobalTable" -> regional.formatted("dynamodb", "table/" + id);
            case "AWS::KMS::Key" -> regional.formatted("kms", "key/" + id);
            case "AWS::Lambda::Function" -> regional.formatted("lambda", "function:" + id);
            case "AWS::Logs::LogGroup" -> regional.formatted("logs", "log-group:" + id + ":*");
            case "AWS::SQS::Queue" -> regional.formatted("sqs", id.substring(id.lastIndexOf('/') + 1));
            default -> id;
        };
    }
}
