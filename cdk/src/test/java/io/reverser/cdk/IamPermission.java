package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One Allow statement of an IAM policy.
 *
 * @param principal the role that has the permission, or the resource whose policy contains the statement
 * @param statement the statement in the template
 */
record IamPermission(String stack, String principal, JsonNode statement) {

    private static final Pattern HASH = Pattern.compile("[0-9A-F]{8}$");

    /** All permissions in the templates of an environment. */
    static List<IamPermission> findAll(SynthesizedApp environment) {
        Map<String, Resource> byId = environment
                .resources()
                .collect(Collectors.toMap(resource -> resource.stack() + "/" + resource.id(), Function.identity()));
        return byId.values().stream()
                .flatMap(IamPermission::statements)
                .filter(permission ->
                        permission.statement().path("Effect").asText().equals("Allow"))
                .toList();
    }

    List<String> actions() {
        return SynthesizedApp.texts(statement.path("Action"));
    }

    List<String> resources() {
        JsonNode resource = statement.path("Resource");
        return resource.isArray()
                ? SynthesizedApp.items(resource)
                        .map(IamPermission::resolveReference)
                        .toList()
                : List.of(resolveReference(resource));
    }

    String conditions() {
        return statement.path("Condition").toString();
    }

    private static Stream<IamPermission> statements(Resource resource) {
        JsonNode document = resource.properties().path("PolicyDocument");
        return switch (resource.type()) {
            case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" ->
                SynthesizedApp.items(resource.properties().path("Roles"))
                        .flatMap(role -> of(resource, resolveReference(role), document));
            case "AWS::S3::BucketPolicy",
                    "AWS::SNS::TopicPolicy",
                    "AWS::SQS::QueuePolicy",
                    "AWS::SecretsManager::ResourcePolicy" -> of(resource, resource.id(), document);
            case "AWS::KMS::Key" ->
                of(resource, resource.id(), resource.properties().path("KeyPolicy"));
            case "AWS::IAM::Role" ->
                SynthesizedApp.items(resource.properties().path("Policies"))
                        .flatMap(policy -> of(resource, resource.id(), policy.path("PolicyDocument")));
            default -> Stream.of();
        };
    }

    private static Stream<IamPermission> of(Resource resource, String principal, JsonNode document) {
        return SynthesizedApp.items(document.path("Statement"))
                .map(statement -> new IamPermission(resource.stack(), principal, statement));
    }

    /** The logical ID to which a CloudFormation reference points, without the hash that CDK appends. */
    private static String resolveReference(JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        if (value.has("Ref")) {
            return HASH.matcher(value.path("Ref").asText()).replaceAll("");
        }
        if (value.has("Fn::GetAtt")) {
            return HASH.matcher(value.path("Fn::GetAtt").path(0).asText()).replaceAll("") + "."
                    + value.path("Fn::GetAtt").path(1).asText();
        }
        if (value.has("Fn::Join")) {
            return SynthesizedApp.items(value.path("Fn::Join").path(1))
                    .map(IamPermission::resolveReference)
                    .collect(Collectors.joining());
        }
        return value.toString();
    }
}
