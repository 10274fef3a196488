package io.reverser.rotation.rotator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The ExternalSecret: what brings the secret into the cluster.
 *
 * @param forceSyncValue what it was last asked with to fetch the secret; empty when never
 * @param refreshTime when it last did, in whole seconds, as it writes it; empty when never
 * @param syncedResourceVersion of the ExternalSecret, when it was fetched for; another one whenever it is asked with something else
 * @param notReadyReason what it says is wrong; nothing when nothing is
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
                                ready.map(condition -> condition.path("reason").asText("not ready"))
                                        .orElse("it was never ready")));
    }

    /** Its last fetch. */
    public String syncVersion() {
        return refreshTime + " " + syncedResourceVersion;
    }

    /** Whether it was fetched for another version since; when alone does not tell, for two may share a second. */
    public boolean isSyncedSince(String syncVersion) {
        return notReadyReason.isEmpty() && !syncVersion.endsWith(" " + syncedResourceVersion);
    }
}
