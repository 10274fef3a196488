package io.reverser.simulators.kubernetes.externalsecret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.ContentHash;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.kubernetes.object.StatusCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** An ExternalSecret: which keys of a value elsewhere a Secret of the same name should hold. */
public final class ExternalSecret {

    private static final List<String> KEYS = List.of("MYSQL_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD");

    final ObjectName name;
    final Supplier<String> remoteValue;
    private ObjectNode resource;
    private Optional<StatusCondition> ready = Optional.empty();

    public ExternalSecret(ObjectName name, Duration interval, Supplier<String> remoteValue, Instant created) {
        this.name = name;
        this.remoteValue = remoteValue;
        this.resource = createResource(name, interval, created);
    }

    public ObjectNode resource() {
        return resource.deepCopy();
    }

    /** Takes over a client's changed copy, except the status and the metadata that only Kubernetes writes. */
    public void update(ObjectNode changed) {
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

    /** Changes with the spec, annotations and labels; the controller syncs when it is not that of the last sync. */
    String syncVersion() {
        return resource.at("/metadata/generation").asText() + "-"
                + ContentHash.sha256(resource.at("/metadata/annotations").toString() + resource.at("/metadata/labels"))
                        .substring(0, 32);
    }

    /** Whether it was changed since it was last synced, or that is longer ago than its interval. */
    boolean isDue(Instant now) {
        JsonNode status = resource.path("status");
        return !status.path("syncedResourceVersion").asText().equals(syncVersion())
                || !now.isBefore(
                        Instant.parse(status.path("refreshTime").asText()).plus(interval()));
    }

    /** The keys of the Secret, each with the key that it has elsewhere. */
    JsonNode dataMappings() {
        return resource.at("/spec/data");
    }

    void markSynced(Instant now) {
        status().put("refreshTime", KubernetesTime.format(now)).put("syncedResourceVersion", syncVersion());
        setReadyCondition("True", "SecretSynced", "secret synced", now);
    }

    void markFailed(Instant now) {
        setReadyCondition("False", "SecretSyncedError", "could not get secret data from provider", now);
    }

    private void setReadyCondition(String status, String reason, String message, Instant now) {
        StatusCondition before = ready.orElseGet(() -> new StatusCondition("Ready", "", "", "", now));
        StatusCondition next = before.transitionTo(status, reason, message, now);
        ready = Optional.of(next);
        status().putArray("conditions").add(next.toJson());
    }

    private ObjectNode status() {
        return resource.withObject("status");
    }

    private Duration interval() {
        return Duration.parse(
                "PT" + resource.at("/spec/refreshInterval").asText().toUpperCase(Locale.ROOT));
    }

    private static ObjectNode createResource(ObjectName name, Duration interval, Instant created) {
        ObjectNode resource = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "external-secrets.io/v1")
                .put("kind", "ExternalSecret");
        resource.putObject("metadata")
                .put("name", name.name())
                .put("namespace", name.namespace())
                .put("uid", UUID.randomUUID().toString())
                .put("generation", 1)
                .put("creationTimestamp", KubernetesTime.format(created));
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
