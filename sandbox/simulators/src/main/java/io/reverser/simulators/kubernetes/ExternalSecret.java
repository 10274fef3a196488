package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** An ExternalSecret: which keys of a value elsewhere a Secret of the same name should hold. */
final class ExternalSecret {

    private static final List<String> KEYS = List.of("MYSQL_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD");

    final ObjectName name;
    final Supplier<String> value;
    private ObjectNode resource;
    private Optional<Condition> ready = Optional.empty();

    ExternalSecret(ObjectName name, Duration interval, Supplier<String> value, Instant created) {
        this.name = name;
        this.value = value;
        this.resource = resource(name, interval, created);
    }

    ObjectNode resource() {
        return resource.deepCopy();
    }

    /** Takes what is not its status, and what Kubernetes alone writes, from somebody's changed copy. */
    void replace(ObjectNode changed) {
        boolean sameSpec = changed.path("spec").equals(resource.path("spec"));
        ObjectNode old = resource.withObject("metadata");
        ObjectNode metadata = changed.withObject("metadata");
        metadata.remove("resourceVersion");
        metadata.put("generation", old.path("generation").asLong() + (sameSpec ? 0 : 1));
        metadata.set("uid", old.path("uid"));
        metadata.set("creationTimestamp", old.path("creationTimestamp"));
        changed.set("status", status());
        resource = changed;
    }

    /** The controller looks at this to see whether somebody changed something; an annotation is enough. */
    String version() {
        return resource.at("/metadata/generation").asText() + "-"
                + Hashes.of(resource.at("/metadata/annotations").toString() + resource.at("/metadata/labels"))
                        .substring(0, 32);
    }

    /** Whether it was changed since it was last synced, or that is longer ago than its interval. */
    boolean isDue(Instant now) {
        JsonNode status = resource.path("status");
        return !status.path("syncedResourceVersion").asText().equals(version())
                || !now.isBefore(
                        Instant.parse(status.path("refreshTime").asText()).plus(interval()));
    }

    /** The keys of the Secret, each with the key that it has elsewhere. */
    JsonNode data() {
        return resource.at("/spec/data");
    }

    void synced(Instant now) {
        status().put("refreshTime", Times.text(now)).put("syncedResourceVersion", version());
        condition("True", "SecretSynced", "secret synced", now);
    }

    void failed(Instant now) {
        condition("False", "SecretSyncedError", "could not get secret data from provider", now);
    }

    private void condition(String status, String reason, String message, Instant now) {
        Condition before = ready.orElseGet(() -> new Condition("Ready", "", "", "", now));
        Condition next = before.next(status, reason, message, now);
        ready = Optional.of(next);
        status().putArray("conditions").add(next.json());
    }

    private ObjectNode status() {
        return resource.withObject("status");
    }

    private Duration interval() {
        return Duration.parse(
                "PT" + resource.at("/spec/refreshInterval").asText().toUpperCase(Locale.ROOT));
    }

    private static ObjectNode resource(ObjectName name, Duration interval, Instant created) {
        ObjectNode resource = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "external-secrets.io/v1")
                .put("kind", "ExternalSecret");
        resource.putObject("metadata")
                .put("name", name.name())
                .put("namespace", name.namespace())
                .put("uid", UUID.randomUUID().toString())
                .put("generation", 1)
                .put("creationTimestamp", Times.text(created));
        ObjectNode spec = resource.putObject("spec")
                .put("refreshPolicy", "Periodic")
                .put("refreshInterval", interval.toSeconds() + "s");
        spec.putObject("secretStoreRef").put("kind", "SecretStore").put("name", "aws");
        spec.putObject("target")
                .put("name", name.name())
                .put("creationPolicy", "Owner")
                .put("deletionPolicy", "Retain");
        ArrayNode data = spec.putArray("data");
        for (String key : KEYS) {
            data.addObject().put("secretKey", key).putObject("remoteRef").put("property", key);
        }
        return resource;
    }
}
