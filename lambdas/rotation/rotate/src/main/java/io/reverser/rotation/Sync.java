package io.reverser.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The ExternalSecret: what brings the secret into the cluster.
 *
 * @param asked what it was last asked with to fetch the secret; empty when never
 * @param fetched when it last did, in whole seconds, as it writes it; empty when never
 * @param version of the ExternalSecret, when it was fetched for; another one whenever it is asked with something else
 * @param problem what it says is wrong; nothing when nothing is
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
record Sync(String asked, String fetched, String version, Optional<String> problem) {

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
                status.path("syncedResourceVersion").asText(""),
                ready.filter(condition -> condition.path("status").asText().equals("True"))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                ready.map(condition -> condition.path("reason").asText("not ready"))
                                        .orElse("it was never ready")));
    }

    /** Its last fetch. */
    String fetch() {
        return fetched + " " + version;
    }

    /** Whether it was fetched for another version since; when alone does not tell, for two may share a second. */
    boolean isFetchedSince(String fetch) {
        return problem.isEmpty() && !fetch.endsWith(" " + version);
    }
}
