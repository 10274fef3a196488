package io.reverser.cdk.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code ./platform schemas <openapi.json> <definition.yaml>...}: makes {@code kustomize/schemas.json} out of Kubernetes' own
 * OpenAPI document and of definitions of custom resources: one JSON Schema for each kind that we write, which refuses
 * fields that the API server does not know, as its strict validation does.
 */
public final class SchemasCommand {

    /** The kinds of Kubernetes that we write, by API group; the empty one is the core. */
    private static final Set<String> BUILT_IN_KINDS = Set.of(
            "/Namespace",
            "/Service",
            "/ServiceAccount",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
            "apps/Deployment",
            "autoscaling/HorizontalPodAutoscaler",
            "networking.k8s.io/Ingress",
            "networking.k8s.io/NetworkPolicy",
            "policy/PodDisruptionBudget",
            "rbac.authorization.k8s.io/Role",
            "rbac.authorization.k8s.io/RoleBinding");

    /** Custom resources that we write. */
    private static final Set<String> CUSTOM_KINDS =
            Set.of("Application", "AppProject", "ExternalSecret", "ImageUpdater", "SecretStore");

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final ObjectNode defs = JSON.createObjectNode();
    private final ObjectNode kinds = JSON.createObjectNode();
    private final JsonNode definitions;

    private SchemasCommand(JsonNode openApi) {
        this.definitions = openApi.path("definitions");
    }

    /** Arguments: the repository's folder, the OpenAPI document, and files with definitions of custom resources. */
    public static void main(String[] arguments) throws IOException {
        List<Path> files = Arrays.stream(arguments).skip(1).map(Path::of).toList();
        if (files.isEmpty()) {
            System.err.println("platform: schemas needs Kubernetes' OpenAPI document and files with definitions");
            System.exit(1);
        }
        JsonNode openApi = JSON.readTree(files.getFirst().toFile());
        var schemas = new SchemasCommand(openApi);
        schemas.addKubernetes();
        for (Path file : files.subList(1, files.size())) {
            try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
                documents.readAll().forEach(schemas::addCustom);
            }
        }
        Path out = Path.of(arguments[0]).resolve("kustomize/schemas.json");
        Files.writeString(out, schemas.toJson(openApi.at("/info/version").asText()));
        System.out.printf("platform: %d kinds in %s%n", schemas.kinds.size(), out);
    }

    /** A line for each, so that a difference shows which. */
    private String toJson(String version) throws JsonProcessingException {
        return """
                {"$comment": "Made by ./platform schemas from the OpenAPI document of Kubernetes %s",
                "$defs": {
                %s},
                "kinds": {
                %s}}
                """.formatted(version, lines(defs), lines(kinds));
    }

    private static String lines(ObjectNode nodes) throws JsonProcessingException {
        var lines = new ArrayList<String>();
        for (var node :
                new TreeMap<>(JSON.convertValue(nodes, new TypeReference<Map<String, Object>>() {})).entrySet()) {
            lines.add("\"%s\": %s".formatted(node.getKey(), JSON.writeValueAsString(node.getValue())));
        }
        return String.join(",\n", lines);
    }

    private void addKubernetes() {
        definitions.properties().forEach(definition -> {
            JsonNode kind = definition.getValue().at("/x-kubernetes-group-version-kind/0");
            String name = kind.path("group").asText() + "/" + kind.path("kind").asText();
            if (BUILT_IN_KINDS.contains(name)) {
                String group = kind.path("group").asText();
                String version = kind.path("version").asText();
                kinds.set(
                        (group.isEmpty() ? version : group + "/" + version) + "/"
                                + kind.path("kind").asText(),
                        reference(definition.getKey()));
            }
        });
    }

    private void addCustom(JsonNode document) {
        JsonNode spec = document.path("spec");
        String kind = spec.at("/names/kind").asText();
        if (!CUSTOM_KINDS.contains(kind)) {
            return;
        }
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean()) {
                ObjectNode schema = strict(version.at("/schema/openAPIV3Schema"));
                ((ObjectNode) schema.path("properties")).set("metadata", reference(META));
                kinds.set(
                        spec.path("group").asText() + "/" + version.path("name").asText() + "/" + kind, schema);
            }
        }
    }

    /** Refers to a definition, which is added with all that it refers to itself. */
    private ObjectNode reference(String name) {
        if (!defs.has(name)) {
            defs.putObject(name);
            defs.set(name, strict(definitions.path(name)));
        }
        return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    /** The same without what only people read, and closed where the API server knows every field. */
    private ObjectNode strict(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            return reference(reference.substring(reference.lastIndexOf('/') + 1));
        }
        ObjectNode strict = JSON.createObjectNode();
        if (schema.path("x-kubernetes-int-or-string").asBoolean()
                || schema.path("format").asText().equals("int-or-string")) {
            strict.putArray("type").add("integer").add("string");
            return strict;
        }
        for (String keyword : List.of(
                "type",
                "enum",
                "required",
                "pattern",
                "minimum",
                "maximum",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "minProperties",
                "maxProperties")) {
            if (schema.has(keyword)) {
                strict.set(keyword, schema.get(keyword));
            }
        }
        JsonNode properties = schema.path("properties");
        if (properties.isObject()) {
            ObjectNode closed = strict.putObject("properties");
            properties.properties().forEach(property -> closed.set(property.getKey(), strict(property.getValue())));
            if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                strict.put("additionalProperties", false);
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            strict.set("additionalProperties", strict(schema.path("additionalProperties")));
        }
        if (schema.path("items").isObject()) {
            strict.set("items", strict(schema.path("items")));
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.path(choice).isArray()) {
                strict.set(choice, schema.get(choice));
            }
        }
        return strict;
    }
}
