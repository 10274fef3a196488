package io.reverser.rotation.rotator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The ExternalSecret, which External Secrets syncs from Secrets Manager into the cluster.
 *
 * @param forceSyncValue the annotation of the last forced sync; empty when there was none
 * @param refreshTime of the last sync, in whole seconds; empty when there was none
 * @param syncedResourceVersion of the ExternalSecret at its last sync; it changes with the annotation
 * @param notReadyReason empty when it is ready
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

    /** Identifies the last sync. */
    public String syncVersion() {
        return refreshTime + " " + syncedResourceVersion;
    }

    /**
     * Whether it has been synced since. Compares resource versions, because two syncs may have the same time in
     * seconds.
     */
    public boolean isSyncedSince(String syncVersion) {
        return notReadyReason.isEmpty() && !syncVersion.endsWith(" " + syncedResourceVersion);
    }
}
