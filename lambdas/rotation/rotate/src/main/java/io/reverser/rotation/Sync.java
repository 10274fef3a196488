package io.reverser.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The ExternalSecret: what brings the secret into the cluster.
 *
 * @param asked what it was last asked with to fetch the secret; empty when never
 * @param fetched when it last did, as it writes it; empty when never
 * @param problem what it says is wrong; nothing when nothing is
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
record Sync(String asked, String fetched, Optional<String> problem) {

    static final String ANNOTATION = "force-sync";

    static Sync read(JsonNode externalSecret) {
        JsonNode status = externalSecret.path("status");
        Optional<JsonNode> ready = status.path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .findFirst();
        return new Sync(
                externalSecret.at("/metadata/annotations").path(ANNOTATION).asText(""),
                status.path("refreshTime").asText(""),
                ready.filter(condition -> condition.path("status").asText().equals("True"))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                ready.map(condition -> condition.path("reason").asText("not ready"))
                                        .orElse("it was never ready")));
    }
}
