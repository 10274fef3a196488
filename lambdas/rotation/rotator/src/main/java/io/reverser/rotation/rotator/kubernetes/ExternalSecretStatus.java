package io.reverser.rotation.rotator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The status of the ExternalSecret, which the operator External Secrets syncs from Secrets Manager into the cluster.
 *
 * @param forceSyncValue the value of the annotation {@code force-sync} for the latest forced sync; empty when no sync
 *     was forced
 * @param refreshTime the time of the latest sync, in whole seconds; empty when there was no sync
 * @param syncedResourceVersion the resource version of the ExternalSecret at its latest sync; a new value of the
 *     annotation changes the resource version
 * @param notReadyReason why the ExternalSecret is not ready; empty when it is ready
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
public record ExternalSecretStatus(
        String forceSyncValue, String refreshTime, String syncedResourceVersion, Optional<String> notReadyReason) {

    static final String FORCE_SYNC_ANNOTATION = "force-sync";

    static ExternalSecretStatus parse(JsonNode externalSecret) {
        JsonNode status = externalSecret.path("status");
        Optional<JsonNode> ready = status.path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .findFirst();
        return new ExternalSecretStatus(
                externalSecret
                        .at("/metadata/annotations")
                        .path(FORCE_SYNC_ANNOTATION)
                        .asText(""),
                status.path("refreshTime").asText(""),
                status.path("syncedResourceVersion").asText(""),
                ready.filter(condition -> condition.path("status").asText().equals("True"))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                ready.map(condition -> condition.path("reason").asText("no reason given"))
                                        .orElse("it has not been synced yet")));
    }

    /** Identifies the latest sync of the ExternalSecret. */
    public String syncVersion() {
        return refreshTime + " " + syncedResourceVersion;
    }

    /**
     * Whether the ExternalSecret has been synced since the sync with this {@link #syncVersion}. Compares resource
     * versions, because two syncs may have the same time in seconds.
     */
    public boolean isSyncedSince(String syncVersion) {
        return notReadyReason.isEmpty() && !syncVersion.endsWith(" " + syncedResourceVersion);
    }
}
