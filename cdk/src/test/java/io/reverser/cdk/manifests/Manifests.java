package io.reverser.cdk.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The Kubernetes objects that kustomize builds for an environment.
 *
 * @param objects the output of kustomize
 */
public record Manifests(List<JsonNode> objects) {

    public Manifests {
        objects = List.copyOf(objects);
    }

    public static Manifests of(String environment) {
        return new Manifests(Kustomize.build("overlays/" + environment));
    }

    /** The object of a kind that has only one. */
    public JsonNode only(String kind) {
        List<JsonNode> found = all(kind).toList();
        if (found.size() != 1) {
            throw new AssertionError("found %d of kind %s, expected one".formatted(found.size(), kind));
        }
        return found.getFirst();
    }

    public Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** An annotation of the object of a kind that has only one. */
    public String annotation(String kind, String name) {
        return only(kind).path("metadata").path("annotations").path(name).asText();
    }

    /** The name of an object in messages about violations. */
    static String name(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    public static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    public static List<String> texts(JsonNode list) {
        return items(list).map(JsonNode::asText).toList();
    }
}
