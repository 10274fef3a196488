package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The size of every policy in a template, and AWS's limit for it. AWS counts no white space in policies of IAM, and the
 * templates have none either.
 *
 * @param policy what was measured, of which resource
 * @param size bytes, or a number of statements, actions or policies
 * @param max AWS's default quota
 */
record PolicyLimits(String policy, int size, int max) {

    /** The length that is assumed for a reference to a resource of another kind than in ARNS, or of another stack. */
    static final int REFERENCE_LENGTH = 160;

    /** The ARNs of resources by type. CloudFormation generates the name from the stack, the logical ID and random characters. */
    private static final Map<String, Arn> ARNS = Map.of(
            "AWS::IAM::Role", new Arn("arn:aws:iam::111122223333:role/", 64),
            "AWS::SQS::Queue", new Arn("arn:aws:sqs:ap-southeast-1:111122223333:", 80),
            "AWS::DynamoDB::GlobalTable", new Arn("arn:aws:dynamodb:ap-southeast-1:111122223333:table/", 255),
            "AWS::Logs::LogGroup", new Arn("arn:aws:logs:ap-southeast-1:111122223333:log-group::*", 512),
            "AWS::SecretsManager::Secret",
                    new Arn("arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:-AbCdEf", 512));

    private static final int MAX_ENVIRONMENT_NAME = 23;
    private static final int RANDOM_CHARACTERS = 12;
    private static final String STREAM = "/stream/2026-11-30T23:59:59.999";

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private static final int MAX_INLINE_POLICIES = 10_240;
    private static final int MAX_MANAGED_POLICY = 6_144;
    private static final int MAX_MANAGED_POLICIES = 10;
    private static final int MAX_TRUST_POLICY = 2_048;

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    private static final int MAX_QUEUE_POLICY = 8_192;
    private static final int MAX_QUEUE_STATEMENTS = 20;
    private static final int MAX_QUEUE_ACTIONS = 7;

    /** Policies in a property of a resource: S3, SNS, KMS, Secrets Manager, CloudWatch Logs, ECR. */
    private static final Map<String, PropertyLimit> RESOURCE_POLICIES = Map.of(
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
            "AWS::S3::BucketPolicy", new PropertyLimit("/PolicyDocument", 20_480),
            "AWS::SQS::QueuePolicy", new PropertyLimit("/PolicyDocument", MAX_QUEUE_POLICY),
            // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
            "AWS::SNS::TopicPolicy", new PropertyLimit("/PolicyDocument", 30_720),
            // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
            "AWS::KMS::Key", new PropertyLimit("/KeyPolicy", 32_768),
            // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
            "AWS::SecretsManager::ResourcePolicy", new PropertyLimit("/ResourcePolicy", 20_480),
            // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
            "AWS::Logs::ResourcePolicy", new PropertyLimit("/PolicyDocument", 5_120),
            // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
            "AWS::ECR::Repository", new PropertyLimit("/RepositoryPolicyText", 10_240));

    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final int MAX_FUNCTION_POLICY = 20_480;

    private static final ObjectMapper JSON = new ObjectMapper();

    private record PropertyLimit(String pointer, int max) {}

    /** An ARN without the name of the resource, and the longest name. */
    private record Arn(String withoutName, int maxName) {}

    boolean isExceeded() {
        return size > max;
    }

    /** Every measured size in the templates of an environment. */
    static List<PolicyLimits> of(SynthesizedApp environment) {
        return of(environment.resources().toList());
    }

    static List<PolicyLimits> of(List<Resource> resources) {
        var measurement = new Measurement(
                resources, resources.stream().collect(Collectors.toMap(PolicyLimits::key, Function.identity())));
        return Stream.of(
                        measurement.rolePolicies(),
                        measurement.managedPolicies(),
                        measurement.resourcePolicies(),
                        measurement.functions())
                .flatMap(limits -> limits)
                .toList();
    }

    private static String key(Resource role) {
        return role.stack() + "/" + role.id();
    }

    private static PolicyLimits limit(String kind, Resource resource, int size, int max) {
        return new PolicyLimits(kind + " of " + key(resource), size, max);
    }

    /** The resources that are measured, and the same by stack and logical ID. */
    private record Measurement(List<Resource> resources, Map<String, Resource> byId) {

        /** The trust policy of each role, its inline policies together, and how many managed policies it has. */
        Stream<PolicyLimits> rolePolicies() {
            Map<String, Integer> attached = ofType("AWS::IAM::Policy")
                    .flatMap(policy -> holders(policy).stream()
                            .map(role -> Map.entry(role, length(policy, policy.at("/PolicyDocument")))))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
            Map<String, Integer> managed = ofType("AWS::IAM::ManagedPolicy")
                    .flatMap(policy -> holders(policy).stream())
                    .collect(Collectors.toMap(Function.identity(), _ -> 1, Integer::sum));
            return ofType("AWS::IAM::Role").flatMap(role -> {
                int inline = SynthesizedApp.items(role.at("/Policies"))
                        .mapToInt(policy -> length(role, policy.path("PolicyDocument")))
                        .sum();
                return Stream.of(
                        limit(
                                "trust policy",
                                role,
                                length(role, role.at("/AssumeRolePolicyDocument")),
                                MAX_TRUST_POLICY),
                        limit(
                                "inline policies",
                                role,
                                inline + attached.getOrDefault(key(role), 0),
                                MAX_INLINE_POLICIES),
                        limit(
                                "managed policies",
                                role,
                                role.at("/ManagedPolicyArns").size() + managed.getOrDefault(key(role), 0),
                                MAX_MANAGED_POLICIES));
            });
        }

        Stream<PolicyLimits> managedPolicies() {
            return ofType("AWS::IAM::ManagedPolicy")
                    .map(policy ->
                            limit("policy", policy, length(policy, policy.at("/PolicyDocument")), MAX_MANAGED_POLICY));
        }

        Stream<PolicyLimits> resourcePolicies() {
            Stream<PolicyLimits> sizes = resources.stream()
                    .filter(resource -> RESOURCE_POLICIES.containsKey(resource.type()))
                    .flatMap(resource -> Stream.ofNullable(RESOURCE_POLICIES.get(resource.type()))
                            .map(property -> limit(
                                    "policy",
                                    resource,
                                    length(resource, resource.at(property.pointer())),
                                    property.max())));
            Stream<PolicyLimits> statements = ofType("AWS::SQS::QueuePolicy").flatMap(queue -> {
                JsonNode all = queue.at("/PolicyDocument/Statement");
                ToIntFunction<JsonNode> actions = statement ->
                        SynthesizedApp.texts(statement.path("Action")).size();
                return Stream.of(
                        limit("statements", queue, all.size(), MAX_QUEUE_STATEMENTS),
                        limit(
                                "actions of a statement",
                                queue,
                                SynthesizedApp.items(all)
                                        .mapToInt(actions)
                                        .max()
                                        .orElse(0),
                                MAX_QUEUE_ACTIONS));
            });
            return Stream.concat(sizes, statements);
        }

        /** The policy of each function, of which each AWS::Lambda::Permission is a statement. */
        Stream<PolicyLimits> functions() {
            return ofType("AWS::Lambda::Permission")
                    .collect(Collectors.groupingBy(
                            permission -> permission.stack() + "/" + permission.at("/FunctionName"),
                            Collectors.summingInt(this::statementLength)))
                    .entrySet()
                    .stream()
                    .map(function -> new PolicyLimits(
                            "function policy of " + function.getKey(), function.getValue(), MAX_FUNCTION_POLICY));
        }

        /** The length of the statement that Lambda makes of a permission; an ID and an ARN are as long as a reference. */
        private int statementLength(Resource permission) {
            ObjectNode statement = JSON.createObjectNode();
            String reference = "x".repeat(REFERENCE_LENGTH);
            statement.put("Sid", reference).put("Effect", "Allow").put("Resource", reference);
            statement.set("Action", permission.at("/Action"));
            statement.putObject("Principal").set("Service", permission.at("/Principal"));
            ObjectNode condition = statement.putObject("Condition");
            condition.putObject("ArnLike").set("AWS:SourceArn", permission.at("/SourceArn"));
            condition.putObject("StringEquals").set("AWS:SourceAccount", permission.at("/SourceAccount"));
            return length(permission, statement);
        }

        private Stream<Resource> ofType(String type) {
            return resources.stream().filter(resource -> resource.type().equals(type));
        }

        private static List<String> holders(Resource policy) {
            return SynthesizedApp.items(policy.at("/Roles"))
                    .map(role -> policy.stack() + "/" + role.path("Ref").asText())
                    .toList();
        }

        /** The number of bytes of a policy at deployment, at most. */
        private int length(Resource owner, JsonNode policy) {
            JsonNode resolved = resolve(owner.stack(), policy);
            String text = resolved.isTextual() ? resolved.asText() : resolved.toString();
            return policy.isMissingNode() ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        }

        private JsonNode resolve(String stack, JsonNode value) {
            if (value.isArray()) {
                ArrayNode array = JSON.createArrayNode();
                value.forEach(item -> array.add(resolve(stack, item)));
                return array;
            }
            if (!value.isObject()) {
                return value;
            }
            if (value.has("Fn::Join")) {
                return TextNode.valueOf(SynthesizedApp.items(value.at("/Fn::Join/1"))
                        .map(part -> resolve(stack, part).asText())
                        .collect(Collectors.joining(value.at("/Fn::Join/0").asText())));
            }
            if (value.size() == 1 && value.fieldNames().next().matches("Ref|Fn::.*")) {
                return TextNode.valueOf("x".repeat(referenceLength(stack, value)));
            }
            ObjectNode object = JSON.createObjectNode();
            value.properties().forEach(part -> object.set(part.getKey(), resolve(stack, part.getValue())));
            return object;
        }

        private int referenceLength(String stack, JsonNode reference) {
            String id =
                    reference.path("Ref").asText(reference.at("/Fn::GetAtt/0").asText());
            Resource resource = byId.get(stack + "/" + id);
            Arn arn = resource == null ? null : ARNS.get(resource.type());
            if (arn == null) {
                return REFERENCE_LENGTH;
            }
            String name = "-".repeat(MAX_ENVIRONMENT_NAME + RANDOM_CHARACTERS) + "-" + stack + "-" + id + "-";
            boolean isStream = reference.at("/Fn::GetAtt/1").asText().equals("StreamArn");
            return arn.withoutName().length()
                    + Math.min(name.length(), arn.maxName())
                    + (isStream ? STREAM.length() : 0);
        }
    }
}
