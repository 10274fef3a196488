package io.reverser.simulators.kubernetes.externalsecret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.kubernetes.object.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Syncs remote values into Secrets: at every refresh interval, when the ExternalSecret changes, when the Secret was modified,
 * and with exponential back-off after a failure.
 *
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
public final class ExternalSecretsController {

    private static final ObjectMapper JSON = new ObjectMapper();

    private volatile boolean paused;
    private volatile boolean webhookStopped;

    public ExternalSecretsController() {}

    /** Stops reconciling without reporting a problem, like a stuck controller. */
    public void pause() {
        paused = true;
    }

    /** Continues reconciling. */
    public void resume() {
        paused = false;
    }

    /** Removes the pods of the webhook, which the API server calls before it changes an ExternalSecret. */
    public void stopWebhook() {
        webhookStopped = true;
    }

    /** Restores the pods of the webhook. */
    public void startWebhook() {
        webhookStopped = false;
    }

    public boolean isWebhookRunning() {
        return !webhookStopped;
    }

    /**
     * Syncs what is due and completes deletions. A Secret is deleted with the ExternalSecret that owns it. Without the webhook,
     * the API server rejects changes of finalizers, so deletions do not complete and new ExternalSecrets do not sync.
     */
    public void reconcile(Collection<ExternalSecret> all, Map<ObjectName, Secret> secrets, Instant now) {
        if (paused) {
            return;
        }
        if (isWebhookRunning()) {
            all.stream().filter(ExternalSecret::isDeleted).forEach(each -> secrets.remove(each.name));
            all.removeIf(ExternalSecret::isDeleted);
            all.forEach(ExternalSecret::addFinalizer);
        }
        all.stream()
                .filter(each -> each.hasFinalizer() && !each.isDeleted())
                .filter(each -> each.isDue(Optional.ofNullable(secrets.get(each.name)), now))
                .forEach(each -> sync(each, secrets, now));
    }

    private static void sync(ExternalSecret external, Map<ObjectName, Secret> secrets, Instant now) {
        Optional<Secret> current = fetch(external);
        current.ifPresentOrElse(
                secret -> {
                    secrets.put(external.name, secret);
                    external.markSynced(now);
                },
                () -> external.markFailed(now));
    }

    /** Empty if the remote value is unavailable, is not JSON, or lacks a key. */
    private static Optional<Secret> fetch(ExternalSecret external) {
        try {
            JsonNode value = JSON.readTree(external.remoteValue.get());
            SortedMap<String, String> data = new TreeMap<>();
            for (JsonNode entry : external.dataMappings()) {
                JsonNode found = value.path(entry.at("/remoteRef/property").asText());
                if (found.isMissingNode()) {
                    return Optional.empty();
                }
                data.put(entry.path("secretKey").asText(), found.asText());
            }
            return Optional.of(external.toSecret(data));
        } catch (JsonProcessingException | RuntimeException unavailable) {
            return Optional.empty();
        }
    }
}
