package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.ContentHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Simulates Reloader 1.4.21: changes the Deployment's pod template when the data of the Deployment's Secret changes. As
 * observed with Reloader, it ignores a Secret that it sees for the first time.
 *
 * @see <a href="https://github.com/stakater/Reloader">Reloader</a>
 */
final class SecretReloader implements AutoCloseable {

    private static final String RELOAD_ANNOTATION = "secret.reloader.stakater.com/reload";
    private static final String LAST_RELOADED_ANNOTATION = "reloader.stakater.com/last-reloaded-from";

    /** The delay of the reload; the real Reloader took 30 to 45 ms. */
    private static final Duration DELAY = Duration.ofMillis(35);

    private final ApiServer api;
    private final Map<String, String> hashes = new ConcurrentHashMap<>();
    private final Informer secrets;

    private SecretReloader(ApiServer api) {
        this.api = api;
        this.secrets = Informer.start(api, ApiServer.CORE + "secrets", this::onChange);
    }

    static SecretReloader start(ApiServer api) {
        return new SecretReloader(api);
    }

    @Override
    public void close() {
        secrets.close();
    }

    private void onChange(JsonNode secret) {
        String name = secret.at("/metadata/name").asText();
        String hash = ContentHash.sha256(secret.path("data").toString());
        String before = hashes.put(name, hash);
        if (before != null && !before.equals(hash)) {
            sleep();
            api.get(ApiServer.APPS + "deployments").path("items").forEach(deployment -> {
                String wanted = deployment
                        .at("/metadata/annotations")
                        .path(RELOAD_ANNOTATION)
                        .asText();
                if (List.of(wanted.split(",", -1)).contains(name)) {
                    reload(deployment, name, hash);
                }
            });
        }
    }

    private void reload(JsonNode deployment, String secret, String hash) {
        ObjectNode source = JsonNodeFactory.instance
                .objectNode()
                .put("type", "SECRET")
                .put("name", secret)
                .put("namespace", deployment.at("/metadata/namespace").asText())
                .put("hash", hash);
        deployment
                .at("/spec/template/spec/containers")
                .forEach(container -> source.withArray("containerRefs")
                        .add(container.path("name").asText()));
        source.put("observedAt", Instant.now().getEpochSecond());
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put(LAST_RELOADED_ANNOTATION, source.toString());
        String name = deployment.at("/metadata/name").asText();
        api.patch(
                ApiServer.APPS + "deployments/" + name + "?fieldManager=Reloader",
                ApiServer.STRATEGIC_MERGE_PATCH,
                patch);
    }

    private static void sleep() {
        try {
            Thread.sleep(DELAY);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
