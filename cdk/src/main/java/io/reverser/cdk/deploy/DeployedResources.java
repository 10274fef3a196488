package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** The ARNs of the resources that CloudFormation created, by stack and logical ID without the hash, like {@code
 * functions/AccessRequestsTable}.
 */
record DeployedResources(Map<String, String> arns) {

    private static final Pattern HASH = Pattern.compile("[0-9A-F]{8}$");

    /** Fetches the resources of the stacks that exist.
     *
     * @param stacks without the environment's name, like {@code functions}
     */
    static DeployedResources fetch(AwsAccount account, Settings settings, Iterable<String> stacks) {
        var arns = new TreeMap<String, String>();
        for (String stack : stacks) {
            for (StackResourceSummary resource : account.listStackResources(settings.name() + "-" + stack)) {
                String name = HASH.matcher(resource.logicalResourceId()).replaceAll("");
                arns.putIfAbsent(
                        stack + "/" + name, arn(resource.resourceType(), resource.physicalResourceId(), settings));
            }
        }
        return new DeployedResources(arns);
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
