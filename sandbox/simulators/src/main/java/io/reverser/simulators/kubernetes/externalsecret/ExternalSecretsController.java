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
 * Syncs remote values into Secrets. A sync occurs at every refresh interval, after a change of the ExternalSecret,
 * after a modification of the Secret, and with exponential back-off after a failed sync.
 *
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
public final class ExternalSecretsController {

    private static final ObjectMapper JSON = new ObjectMapper();

    private volatile boolean paused;
    private volatile boolean webhookStopped;

    public ExternalSecretsController() {}

    /** Pauses the controller: it stops reconciling without reporting a problem, like a stuck controller. */
    public void pause() {
        paused = true;
    }

    /** Resumes the controller after {@link #pause}. */
    public void resume() {
        paused = false;
    }

    /** Stops the pods of the webhook, which the API server calls before it changes an ExternalSecret. */
    public void stopWebhook() {
        webhookStopped = true;
    }

    /** Starts the pods of the webhook again. */
    public void startWebhook() {
        webhookStopped = false;
    }

    public boolean isWebhookRunning() {
        return !webhookStopped;
    }

    /**
     * Syncs all ExternalSecrets that are due, and completes deletions. A Secret is deleted together with the
     * ExternalSecret that owns it. While the webhook does not respond, the API server rejects changes of finalizers, so
     * deletions do not complete and new ExternalSecrets do not sync.
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

    /**
     * Reads the remote value and builds the Secret from it. Empty if the remote value is unavailable, is not JSON, or
     * lacks a key.
     */
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
