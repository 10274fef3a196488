package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A resource of a template with a name of its own. CloudFormation cannot create it if the name is taken.
 *
 * @param type the resource type in CloudFormation
 * @param identifier the primary identifier of the type
 */
record NamedResource(Type type, String name, String identifier) {

    /** The resource types with names, and how a resource of the type is deleted. */
    enum Type {
        LOG_GROUP("AWS::Logs::LogGroup", "LogGroupName", "log group", "logs delete-log-group --log-group-name %s"),
        TABLE("AWS::DynamoDB::GlobalTable", "TableName", "table", "dynamodb delete-table --table-name %s"),
        BUCKET("AWS::S3::Bucket", "BucketName", "bucket", "s3 rb --force s3://%s"),
        ROLE("AWS::IAM::Role", "RoleName", "IAM role", "iam delete-role --role-name %s"),
        REPOSITORY(
                "AWS::ECR::Repository",
                "RepositoryName",
                "image repository",
                "ecr delete-repository --force --repository-name %s"),
        SECRET(
                "AWS::SecretsManager::Secret",
                "Name",
                "secret",
                "secretsmanager delete-secret --force-delete-without-recovery --secret-id %s"),
        DATABASE(
                "AWS::RDS::DBCluster",
                "DBClusterIdentifier",
                "database cluster",
                "rds delete-db-cluster --final-db-snapshot-identifier %1$s-final --db-cluster-identifier %1$s"),
        CLUSTER("AWS::EKS::Cluster", "Name", "EKS cluster", "eks delete-cluster --name %s"),
        FUNCTION("AWS::Lambda::Function", "FunctionName", "function", "lambda delete-function --function-name %s"),
        QUEUE("AWS::SQS::Queue", "QueueName", "queue", "sqs delete-queue --queue-url %s"),
        TOPIC("AWS::SNS::Topic", "TopicName", "topic", "sns delete-topic --topic-arn %s"),
        SCHEDULE_GROUP(
                "AWS::Scheduler::ScheduleGroup", "Name", "schedule group", "scheduler delete-schedule-group --name %s");

        private final String cloudFormationType;
        private final String nameProperty;
        private final String label;
        private final String deletion;

        Type(String cloudFormationType, String nameProperty, String label, String deletion) {
            this.cloudFormationType = cloudFormationType;
            this.nameProperty = nameProperty;
            this.label = label;
            this.deletion = deletion;
        }

        private Optional<NamedResource> find(JsonNode resource, Settings settings) {
            JsonNode name = resource.path("Properties").path(nameProperty);
            return resource.path("Type").asText().equals(cloudFormationType) && name.isTextual()
                    ? Optional.of(new NamedResource(this, name.asText(), identify(name.asText(), settings)))
                    : Optional.empty();
        }

        private String identify(String name, Settings settings) {
            return switch (this) {
                case QUEUE ->
                    "https://sqs.%s.amazonaws.com/%s/%s".formatted(settings.region(), settings.account(), name);
                case TOPIC -> "arn:aws:sns:%s:%s:%s".formatted(settings.region(), settings.account(), name);
                default -> name;
            };
        }
    }

    /** The resources with names in a template. */
    static List<NamedResource> read(Path template, Settings settings) {
        try {
            return new ObjectMapper()
                    .readTree(template.toFile())
                    .path("Resources")
                    .valueStream()
                    .flatMap(resource ->
                            Arrays.stream(Type.values()).flatMap(type -> type.find(resource, settings).stream()))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean existsIn(AwsAccount account) {
        return type == Type.SECRET ? account.hasSecret(name) : account.hasResource(type.cloudFormationType, identifier);
    }

    /** Like {@code log group /aws/eks/dev/cluster}. */
    String label() {
        return type.label + " " + name;
    }

    /** The command that deletes the resource. */
    String deleteCommand(String region) {
        return "aws " + type.deletion.formatted(identifier) + " --region " + region;
    }
}
