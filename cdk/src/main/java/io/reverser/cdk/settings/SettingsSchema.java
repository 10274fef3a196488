package io.reverser.cdk.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Validates single values of the settings against {@code settings.schema.json}. Besides the keywords of JSON Schema,
 * the file has {@code errorMessage}, which editors show as well, {@code x-renamed}, which maps the keys of earlier
 * versions to the current keys, and {@code x-fixed}, the reason why a setting cannot change after the first deployment.
 */
final class SettingsSchema {

    private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf");
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(SettingsSchema::wholeText)
            .build();

    private final JsonNode root;
    private final JsonSchema validator;

    private SettingsSchema(JsonNode root) {
        this.root = root;
        this.validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root, CONFIG);
    }

    static SettingsSchema read(Path file) throws IOException {
        return new SettingsSchema(new ObjectMapper().readTree(file.toFile()));
    }

    /**
     * Compiles a pattern of the schema so that it has to match the whole text: Java's {@code $} would also match before
     * a line break at the end.
     */
    private static RegularExpression wholeText(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).matches();
    }

    /** Reports every problem; replaces the keys of earlier versions and fills in defaults in place. */
    void validate(ConfigSection file) {
        walk(root, file, SettingsSchema::rename);
        for (ValidationMessage message : validator.validate(file.node())) {
            report(message, locate(file, message.getInstanceLocation()));
        }
        walk(
                root,
                file,
                (schema, section) -> schema.path("properties")
                        .propertyStream()
                        .filter(property -> property.getValue().has("default"))
                        .forEach(property -> section.putIfAbsent(
                                property.getKey(), property.getValue().path("default"))));
    }

    private void walk(JsonNode reference, ConfigSection section, BiConsumer<JsonNode, ConfigSection> visitor) {
        JsonNode schema = resolve(reference);
        visitor.accept(schema, section);
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        section.subsections()
                .forEach((key, value) -> walk(properties.has(key) ? properties.path(key) : others, value, visitor));
        section.items().forEach(item -> walk(schema.path("items"), item, visitor));
    }

    private static void rename(JsonNode schema, ConfigSection section) {
        for (Map.Entry<String, JsonNode> renamed : schema.path("x-renamed").properties()) {
            if (section.node() instanceof ObjectNode object && object.has(renamed.getKey())) {
                String newName = renamed.getValue().asText();
                boolean isKey = schema.path("properties").has(newName);
                section.report(
                        renamed.getKey(),
                        "found `%s`, which is now %s"
                                .formatted(renamed.getKey(), isKey ? "`" + newName + "`" : newName));
                JsonNode value = object.remove(renamed.getKey());
                if (isKey) {
                    object.putIfAbsent(newName, value);
                }
            }
        }
    }

    private static ConfigSection locate(ConfigSection file, JsonNodePath location) {
        ConfigSection section = file;
        for (int depth = 0; depth < location.getNameCount(); depth++) {
            section = location.getElement(depth) instanceof Integer index
                    ? section.items().get(index)
                    : section.section(location.getName(depth));
        }
        return section;
    }

    private void report(ValidationMessage message, ConfigSection found) {
        List<JsonNode> schemas = schemasOnTheWay(message.getEvaluationPath());
        JsonNode schema = schemas.getLast();
        if (ALTERNATIVES.stream().anyMatch(message.getEvaluationPath()::contains)) {
            List<String> keys = ALTERNATIVES.stream()
                    .flatMap(keyword -> schema.path(keyword).valueStream())
                    .map(alternative -> alternative.at("/required/0").asText())
                    .toList();
            found.reject(
                    keys.stream().filter(found.node()::has).findFirst().orElse(keys.getLast()), errorMessage(schema));
            return;
        }
        switch (message.getType()) {
            case "additionalProperties" -> found.rejectUnknown(keyOf(message), keys(schema));
            case "propertyNames" -> found.reject(keyOf(message), expected(resolve(schema.path("propertyNames"))));
            case "required", "dependentRequired" ->
                found.reject(
                        keyOf(message),
                        schemas.reversed().stream()
                                .map(each -> each.path("properties").path(keyOf(message)))
                                .filter(JsonNode::isObject)
                                .findFirst()
                                .map(property -> expected(resolve(property)))
                                .orElseThrow());
            default -> found.reject("", expected(schema));
        }
    }

    private static String keyOf(ValidationMessage message) {
        return String.valueOf(message.getArguments()[0]);
    }

    /**
     * All schemas on the path from the root to the schema that contains the keyword. If there is an {@code anyOf} or
     * {@code oneOf} on the path, the list ends with the schema that contains the first of them.
     */
    private List<JsonNode> schemasOnTheWay(JsonNodePath keyword) {
        var schemas = new ArrayList<>(List.of(root));
        for (int depth = 0; depth < keyword.getNameCount() - 1; depth++) {
            if (ALTERNATIVES.contains(keyword.getName(depth))) {
                break;
            }
            if (!keyword.getName(depth).equals("$ref")) {
                JsonNode last = schemas.getLast();
                schemas.add(resolve(
                        keyword.getElement(depth) instanceof Integer index
                                ? last.path(index)
                                : last.path(keyword.getName(depth))));
            }
        }
        return schemas;
    }

    /** The schema that {@code $ref} refers to, with the keywords beside {@code $ref} added. */
    JsonNode resolve(JsonNode schema) {
        return schema.path("$ref") instanceof TextNode reference
                ? ((ObjectNode) root.at(reference.asText().substring(1)).deepCopy()).setAll((ObjectNode) schema)
                : schema;
    }

    /** Describes in words which values a schema allows. */
    static String expected(JsonNode schema) {
        String type = schema.path("type").asText("");
        if (schema.has("errorMessage") && !type.equals("object")) {
            return errorMessage(schema);
        }
        return switch (type) {
            case "boolean" -> "true or false";
            case "integer" ->
                "a whole number from " + schema.path("minimum")
                        + (schema.has("maximum") ? " to " + schema.path("maximum") : "");
            case "array" -> "a list with at least one entry";
            case "object" ->
                keys(schema).isEmpty()
                        ? "a section with at least one entry"
                        : "a section with the keys " + String.join(", ", keys(schema));
            case "" ->
                schema.path("enum")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ", "one of ", ""));
            default -> "a text";
        };
    }

    private static String errorMessage(JsonNode schema) {
        return schema.path("errorMessage").asText().replaceFirst("^expected ", "");
    }

    private static List<String> keys(JsonNode schema) {
        return schema.path("properties").propertyStream().map(Map.Entry::getKey).toList();
    }
}
