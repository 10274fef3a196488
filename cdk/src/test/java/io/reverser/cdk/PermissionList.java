package io.reverser.cdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that grants, limits or hands on a permission in the templates of an environment, one line each: the statements of
 * policies, with the operators and values of their conditions; the trust of roles; managed policies and permissions
 * boundaries; access entries, Pod Identity associations, identity providers and function permissions; and which role a
 * resource uses.
 */
final class PermissionList {

    /** Resource types that exist only to grant something, so all their properties are listed. */
    private static final Pattern GRANTS = Pattern.compile(
            "AWS::IAM::.*|AWS::EKS::(AccessEntry|PodIdentityAssociation)|AWS::.*(Policy|Permission|Grant)");

    /** Properties of other resources that use a role or decide who has access. */
    private static final Pattern GRANTING_PROPERTY = Pattern.compile(
            ".*(Role|RoleArn|RoleARN|PermissionArn|AuthorizationType|AuthType|AccessConfig|PublicAccessBlockConfiguration)");

    /** Properties without a meaning for permissions. */
    private static final Set<String> IGNORED = Set.of("Description", "PolicyName", "Tags");

    private static final List<String> HOLDERS = List.of("Roles", "Users", "Groups");
    private static final String CURRENT_VERSION = "2012-10-17";

    /** The version of a policy that names none. */
    private static final String DEFAULT_VERSION = "2008-10-17";

    private static final int MAX_LISTED_VALUES = 5;
    private static final Pattern HASH = Pattern.compile("([0-9A-F]{8})+$");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> resources = new TreeMap<>();
    private final Set<String> lines = new TreeSet<>();

    private PermissionList() {}

    static List<String> of(SynthesizedApp environment) {
        return environment.templates().entrySet().stream()
                .flatMap(template -> of(template.getKey(), template.getValue()))
                .sorted()
                .toList();
    }

    /** The lines of one template. */
    static Stream<String> of(String stack, JsonNode template) {
        var list = new PermissionList();
        template.path("Resources").properties().forEach(entry -> list.resources.put(entry.getKey(), entry.getValue()));
        list.resources.forEach((id, body) -> list.add(new Resource(stack, id, body)));
        return list.lines.stream();
    }

    private void add(Resource resource) {
        boolean grants = GRANTS.matcher(resource.type()).matches();
        var rest = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> property : resource.properties().properties()) {
            String name = property.getKey();
            addStatements(resource, name, property.getValue());
            if (!grants) {
                addGrantingProperties(resource, name, property.getValue());
            } else if (!IGNORED.contains(name) && !isPolicy(property.getValue())) {
                if (name.equals("ManagedPolicyArns")) {
                    property.getValue().forEach(policy -> addLine(resource, "managed policy " + text(policy)));
                } else if (!name.equals("Policies") && !(isAttached(resource) && HOLDERS.contains(name))) {
                    rest.add(name + " = " + text(property.getValue()));
                }
            }
        }
        if (!rest.isEmpty()) {
            addLine(resource, resource.type() + " " + rest.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    /** Adds the statements of all policies in a property, at any depth. */
    private void addStatements(Resource resource, String property, JsonNode value) {
        JsonNode policy = parsePolicy(value);
        if (policy.has("Statement")) {
            String version = policy.path("Version").asText(DEFAULT_VERSION);
            statements(policy.path("Statement"))
                    .map(statement -> (property.equals("AssumeRolePolicyDocument") ? "trust: " : "")
                            + describe(statement)
                            + (version.equals(CURRENT_VERSION) ? "" : " in version " + version))
                    .forEach(line -> addLine(resource, line));
        } else {
            value.forEach(part -> addStatements(resource, property, part));
        }
    }

    private void addGrantingProperties(Resource resource, String name, JsonNode value) {
        if (GRANTING_PROPERTY.matcher(name).matches()) {
            addLine(resource, name + " = " + text(value));
        } else if (value.isObject()) {
            value.properties().forEach(part -> addGrantingProperties(resource, part.getKey(), part.getValue()));
        } else {
            value.forEach(part -> part.properties()
                    .forEach(inner -> addGrantingProperties(resource, inner.getKey(), inner.getValue())));
        }
    }

    /** Adds a line for each identity that has a policy, or for the resource. */
    private void addLine(Resource resource, String line) {
        List<String> holders = isAttached(resource)
                ? HOLDERS.stream()
                        .flatMap(kind ->
                                SynthesizedApp.items(resource.properties().path(kind)))
                        .map(this::text)
                        .toList()
                : List.of();
        for (String holder : holders.isEmpty() ? List.of(stripHash(resource.id())) : holders) {
            lines.add("%s/%s: %s".formatted(resource.stack(), holder, line));
        }
    }

    private static boolean isAttached(Resource resource) {
        return resource.type().matches("AWS::IAM::(Managed)?Policy");
    }

    private static boolean isPolicy(JsonNode value) {
        return parsePolicy(value).has("Statement");
    }

    /** The value itself, or the policy in a JSON text. */
    private static JsonNode parsePolicy(JsonNode value) {
        if (!value.isTextual() || !value.asText().startsWith("{")) {
            return value;
        }
        try {
            return JSON.readTree(value.asText());
        } catch (JsonProcessingException otherText) {
            return value;
        }
    }

    private static Stream<JsonNode> statements(JsonNode statement) {
        return statement.isArray() ? SynthesizedApp.items(statement) : Stream.of(statement);
    }

    private String describe(JsonNode statement) {
        var line = new StringBuilder();
        String effect = statement.path("Effect").asText();
        line.append(effect.equals("Allow") ? "" : effect + " ");
        var others = new TreeMap<String, JsonNode>();
        statement.properties().forEach(part -> others.put(part.getKey(), part.getValue()));
        List.of("Effect", "Sid").forEach(others::remove);
        append(line, "", others.remove("Principal"), " may ");
        append(line, "all but ", others.remove("NotPrincipal"), " may ");
        append(line, "", others.remove("Action"), "");
        append(line, "all but ", others.remove("NotAction"), "");
        append(line, " on ", others.remove("Resource"), "");
        append(line, " on all but ", others.remove("NotResource"), "");
        JsonNode conditions = others.remove("Condition");
        if (conditions != null) {
            line.append(" if ").append(describeConditions(conditions));
        }
        others.forEach((key, value) -> append(line, " " + key + " ", value, ""));
        return line.toString();
    }

    private void append(StringBuilder line, String before, @Nullable JsonNode part, String after) {
        if (part != null) {
            line.append(before)
                    .append(String.join(", ", part.isArray() ? sortedTexts(part) : List.of(text(part))))
                    .append(after);
        }
    }

    /** Operators, keys and values; the keys may come from a CfnJson resource, because they are known only at deployment. */
    private String describeConditions(JsonNode conditions) {
        var described = new TreeSet<String>();
        conditions.properties().forEach(operator -> {
            if (isFunction(operator.getValue())) {
                described.add(operator.getKey() + " " + text(operator.getValue()));
            } else {
                operator.getValue()
                        .properties()
                        .forEach(key -> described.add(
                                "%s %s = %s".formatted(operator.getKey(), key.getKey(), values(key.getValue()))));
            }
        });
        return String.join("; ", described);
    }

    private String values(JsonNode values) {
        if (!values.isArray()) {
            return text(values);
        }
        List<String> texts = sortedTexts(values);
        return texts.size() <= MAX_LISTED_VALUES
                ? String.join(", ", texts)
                : "%d values with the hash %s".formatted(texts.size(), hash(String.join("\n", texts)));
    }

    private List<String> sortedTexts(JsonNode values) {
        return SynthesizedApp.items(values).map(this::text).sorted().toList();
    }

    /** A value as text; a reference is the logical ID without the hash that CDK appends. */
    private String text(JsonNode value) {
        if (value.isArray()) {
            return SynthesizedApp.items(value).map(this::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (!value.isObject()) {
            return value.asText();
        }
        if (!isFunction(value)) {
            String parts = value.properties().stream()
                    .map(part -> part.getKey() + " " + text(part.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            return value.size() == 1 ? parts : "{" + parts + "}";
        }
        Map.Entry<String, JsonNode> function = value.properties().iterator().next();
        JsonNode argument = function.getValue();
        return switch (function.getKey()) {
            case "Ref" ->
                argument.asText().contains("::") ? "${" + argument.asText() + "}" : stripHash(argument.asText());
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::ImportValue", "Fn::Sub" -> stripHash(text(argument));
            case "Fn::Join" ->
                SynthesizedApp.items(argument.path(1))
                        .map(this::text)
                        .collect(Collectors.joining(argument.path(0).asText()));
            default -> function.getKey().replace("Fn::", "") + text(argument);
        };
    }

    private static boolean isFunction(JsonNode value) {
        return value.isObject()
                && value.size() == 1
                && value.fieldNames().next().matches("Ref|Fn::.*");
    }

    private String attribute(JsonNode argument) {
        JsonNode source = resources.getOrDefault(argument.path(0).asText(), JSON.missingNode());
        return source.path("Type").asText().equals("Custom::AWSCDKCfnJson")
                        && argument.path(1).asText().equals("Value")
                ? text(source.path("Properties").path("Value"))
                : SynthesizedApp.items(argument)
                        .map(part -> stripHash(text(part)))
                        .collect(Collectors.joining("."));
    }

    private static String stripHash(String id) {
        return HASH.matcher(id).replaceAll("");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
