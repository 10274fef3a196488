package io.reverser.cdk.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Validates objects against Kubernetes' schemas, like the API server's strict validation. */
public final class StrictSchemaValidator {

    private static final JsonNode SCHEMAS = read();

    private StrictSchemaValidator() {}

    /** Describes the source of the schemas, with its Kubernetes version. */
    static String source() {
        return SCHEMAS.path("$comment").asText();
    }

    /**
     * A message for each problem for which the API server would reject the object, with the object's name and the path
     * of the field.
     */
    public static List<String> violations(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        JsonNode schema = SCHEMAS.path("kinds").path(kind);
        if (schema.isMissingNode()) {
            return List.of("%s: no definition of %s in kustomize/schemas.json".formatted(Manifests.name(object), kind));
        }
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", SCHEMAS.path("$defs"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole).validate(object).stream()
                .map(message -> Manifests.name(object) + ": " + message.getMessage())
                .toList();
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(Kustomize.FOLDER.resolve("schemas.json").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
