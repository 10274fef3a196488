package io.reverser.simulators.kubernetes.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Kubernetes Secret with its metadata. */
public record Secret(ObjectNode metadata, SortedMap<String, String> data) {

    public Secret {
        metadata = metadata.deepCopy();
        data = new TreeMap<>(data);
    }

    /** The Secret as the Kubernetes API returns it. */
    public ObjectNode toJson() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Secret");
        json.set("metadata", metadata.deepCopy());
        ObjectNode encoded = json.putObject("data");
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return json.put("type", "Opaque");
    }

    @Override
    public String toString() {
        return "Secret" + data.keySet();
    }
}
