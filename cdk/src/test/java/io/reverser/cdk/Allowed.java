package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.Synthesised.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that IAM allows.
 *
 * @param who the role, or the resource whose policy says it
 * @param statement as it stands in the template
 */
record Allowed(String stack, String who, JsonNode statement) {

    private static final Pattern HASH = Pattern.compile("[0-9A-F]{8}$");

    /** All of an environment. */
    static List<Allowed> in(Synthesised environment) {
        Map<String, Resource> byId = environment
                .resources()
                .collect(Collectors.toMap(resource -> resource.stack() + "/" + resource.id(), Function.identity()));
        return byId.values().stream()
                .flatMap(Allowed::statements)
                .filter(allowed -> allowed.statement().path("Effect").asText().equals("Allow"))
                .toList();
    }

    List<String> actions() {
        return Synthesised.texts(statement.path("Action"));
    }

    List<String> resources() {
        JsonNode resource = statement.path("Resource");
        return resource.isArray()
                ? Synthesised.items(resource).map(Allowed::text).toList()
                : List.of(text(resource));
    }

    String conditions() {
        return statement.path("Condition").toString();
    }

    /** Principal, actions and resources, for a list that people read. */
    String line() {
        var conditions = new TreeSet<String>();
        statement.path("Condition").forEach(kind -> kind.fieldNames().forEachRemaining(conditions::add));
        return "%s/%s: %s on %s%s"
                .formatted(
                        stack,
                        HASH.matcher(who).replaceAll(""),
                        String.join(", ", new TreeSet<>(actions())),
                        String.join(", ", new TreeSet<>(resources())),
                        conditions.isEmpty() ? "" : " if " + String.join(", ", conditions));
    }

    private static Stream<Allowed> statements(Resource resource) {
        JsonNode document = resource.properties().path("PolicyDocument");
        return switch (resource.type()) {
            case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" ->
                Synthesised.items(resource.properties().path("Roles"))
                        .flatMap(role -> of(resource, text(role), document));
            case "AWS::S3::BucketPolicy",
                    "AWS::SNS::TopicPolicy",
                    "AWS::SQS::QueuePolicy",
                    "AWS::SecretsManager::ResourcePolicy" -> of(resource, resource.id(), document);
            case "AWS::KMS::Key" ->
                of(resource, resource.id(), resource.properties().path("KeyPolicy"));
            case "AWS::IAM::Role" ->
                Synthesised.items(resource.properties().path("Policies"))
                        .flatMap(policy -> of(resource, resource.id(), policy.path("PolicyDocument")));
            default -> Stream.of();
        };
    }

    private static Stream<Allowed> of(Resource resource, String who, JsonNode document) {
        return Synthesised.items(document.path("Statement"))
                .map(statement -> new Allowed(resource.stack(), who, statement));
    }

    /** What a reference refers to, without the digits that CDK appends. */
    private static String text(JsonNode value) {
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
            return Synthesised.items(value.path("Fn::Join").path(1))
                    .map(Allowed::text)
                    .collect(Collectors.joining());
        }
        return value.toString();
    }
}
