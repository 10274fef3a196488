package io.reverser.simulators.kubernetes.externalsecret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.ContentHash;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.kubernetes.object.Secret;
import io.reverser.simulators.kubernetes.object.StatusCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;

/** An ExternalSecret, which maps keys of a remote value to keys of the Secret with the same name. */
public final class ExternalSecret {

    /**
     * The finalizer of ExternalSecrets. External Secrets removes it before the deletion completes, so a deleted object
     * still exists while External Secrets is down.
     */
    private static final String FINALIZER = "externalsecrets.external-secrets.io/externalsecret-cleanup";

    private static final String DATA_HASH = "reconcile.external-secrets.io/data-hash";

    /** The delay before the retry of the first failed sync. It doubles after each further failure. */
    private static final Duration MIN_BACK_OFF = Duration.ofSeconds(1);

    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(7);
    private static final List<String> KEYS = List.of("MYSQL_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD");

    final ObjectName name;
    final Supplier<String> remoteValue;
    private ObjectNode resource;
    private Optional<StatusCondition> ready = Optional.empty();
    private String attemptedVersion = "";
    private Duration backOff = Duration.ZERO;
    private Instant nextAttempt = Instant.MIN;

    public ExternalSecret(ObjectName name, Duration interval, Supplier<String> remoteValue, Instant created) {
        this.name = name;
        this.remoteValue = remoteValue;
        this.resource = createResource(name, interval, created);
    }

    public ObjectNode resource() {
        return resource.deepCopy();
    }

    /** Replaces the object with a version that a client sent, except for the status and server-managed metadata. */
    public void update(ObjectNode changed) {
        boolean sameSpec = changed.path("spec").equals(resource.path("spec"));
        ObjectNode old = resource.withObject("metadata");
        ObjectNode metadata = changed.withObject("metadata");
        metadata.remove("resourceVersion");
        metadata.put("generation", old.path("generation").asLong() + (sameSpec ? 0 : 1));
        metadata.set("uid", old.path("uid"));
        metadata.set("creationTimestamp", old.path("creationTimestamp"));
        if (isDeleted()) {
            metadata.set("deletionTimestamp", old.path("deletionTimestamp"));
        }
        changed.set("status", status());
        resource = changed;
    }

    /** Marks the ExternalSecret for deletion. The controller completes the deletion. */
    public void delete(Instant now) {
        resource.withObject("metadata").put("deletionTimestamp", KubernetesTime.format(now));
    }

    /** Whether the ExternalSecret is marked for deletion. */
    public boolean isDeleted() {
        return resource.path("metadata").has("deletionTimestamp");
    }

    /**
     * Whether the ExternalSecret has a finalizer, so that a deletion completes only after the controller has removed
     * it.
     */
    public boolean hasFinalizer() {
        return !resource.at("/metadata/finalizers").isEmpty();
    }

    void addFinalizer() {
        resource.withObject("metadata").putArray("finalizers").add(FINALIZER);
    }

    /**
     * Identifies the version of the ExternalSecret to sync. The value changes with the generation, the annotations and
     * the labels; a new value causes a sync.
     */
    String syncVersion() {
        return resource.at("/metadata/generation").asText() + "-"
                + ContentHash.sha3(metadataMap("annotations").toString() + metadataMap("labels"));
    }

    /**
     * Whether to sync the ExternalSecret now, for one of four reasons: it changed since the last attempt, the back-off
     * after a failure ended, its Secret was modified since the last sync, or its refresh interval ended.
     */
    boolean isDue(Optional<Secret> secret, Instant now) {
        if (!attemptedVersion.equals(syncVersion())) {
            return true;
        }
        if (!backOff.isZero()) {
            return !now.isBefore(nextAttempt);
        }
        Instant refreshed = Instant.parse(resource.at("/status/refreshTime").asText());
        return secret.filter(ExternalSecret::isIntact).isEmpty() || !now.isBefore(refreshed.plus(interval()));
    }

    /** The mappings from keys of the remote value to keys of the Secret. */
    JsonNode dataMappings() {
        return resource.at("/spec/data");
    }

    /**
     * Builds the Secret with the given data. The Secret gets the ExternalSecret's labels and annotations, including
     * annotations that force a sync.
     */
    Secret toSecret(SortedMap<String, String> data) {
        ObjectNode metadata =
                JsonNodeFactory.instance.objectNode().put("name", name.name()).put("namespace", name.namespace());
        metadata.set(
                "annotations",
                JsonNodeFactory.instance
                        .objectNode()
                        .<ObjectNode>setAll(metadataMap("annotations"))
                        .put(DATA_HASH, hash(data)));
        metadata.set(
                "labels",
                JsonNodeFactory.instance
                        .objectNode()
                        .<ObjectNode>setAll(metadataMap("labels"))
                        .put(
                                "reconcile.external-secrets.io/created-by",
                                ContentHash.sha3(name.namespace() + "/" + name.name()))
                        .put("reconcile.external-secrets.io/managed", "true"));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", resource.path("apiVersion").asText())
                .put("kind", resource.path("kind").asText())
                .put("name", name.name())
                .put("uid", resource.at("/metadata/uid").asText())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        return new Secret(metadata, data);
    }

    void markSynced(Instant now) {
        attemptedVersion = syncVersion();
        backOff = Duration.ZERO;
        status().put("refreshTime", KubernetesTime.format(now))
                .put("syncedResourceVersion", attemptedVersion)
                .putObject("binding")
                .put("name", name.name());
        setReadyCondition("True", "SecretSynced", "secret synced", now);
    }

    void markFailed(Instant now) {
        attemptedVersion = syncVersion();
        backOff = backOff.isZero() ? MIN_BACK_OFF : min(backOff.multipliedBy(2), MAX_BACK_OFF);
        nextAttempt = now.plus(backOff);
        if (!status().has("refreshTime")) {
            status().putNull("refreshTime").putObject("binding").put("name", "");
        }
        setReadyCondition("False", "SecretSyncedError", "could not get secret data from provider", now);
    }

    private static boolean isIntact(Secret secret) {
        return secret.metadata().path("annotations").path(DATA_HASH).asText().equals(hash(secret.data()));
    }

    private static String hash(SortedMap<String, String> data) {
        return ContentHash.sha3(data.toString());
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Returns the labels or annotations of the ExternalSecret. The map is empty if the field is missing, because
     * Kubernetes omits empty maps.
     */
    private ObjectNode metadataMap(String field) {
        return resource.path("metadata").path(field) instanceof ObjectNode present
                ? present
                : JsonNodeFactory.instance.objectNode();
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
