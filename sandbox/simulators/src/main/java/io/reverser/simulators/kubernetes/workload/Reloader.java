package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.ContentHash;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.kubernetes.object.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Simulates Reloader, which changes the pod template of a Deployment when the data of the Deployment's Secret changes.
 * Reloader compares a Secret only with the state that it saw since its own start, so it misses changes during its
 * downtime.
 *
 * @see <a href="https://github.com/stakater/Reloader">Reloader</a>
 */
public final class Reloader {

    static final String RELOAD_ANNOTATION = "secret.reloader.stakater.com/reload";

    private static final String LAST_RELOADED_ANNOTATION = "reloader.stakater.com/last-reloaded-from";

    private final Map<ObjectName, String> lastHashes = new HashMap<>();
    private boolean stopped;

    public Reloader() {}

    /** Stops Reloader. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Starts Reloader again after {@link #stop}. */
    public synchronized void start() {
        stopped = false;
        lastHashes.clear();
    }

    public synchronized void reconcile(
            Map<ObjectName, Secret> secrets, Collection<Deployment> deployments, Instant now) {
        if (stopped) {
            return;
        }
        secrets.forEach((name, secret) -> {
            String hash = ContentHash.sha256(secret.data().toString());
            String before = lastHashes.put(name, hash);
            if (before != null && !before.equals(hash)) {
                deployments.stream()
                        .filter(deployment -> deployment.secret.equals(name))
                        .forEach(deployment -> deployment.annotateTemplate(
                                LAST_RELOADED_ANNOTATION, reloadSource(deployment, hash, now)));
            }
        });
    }

    private static String reloadSource(Deployment deployment, String hash, Instant now) {
        ObjectNode source = JsonNodeFactory.instance
                .objectNode()
                .put("type", "SECRET")
                .put("name", deployment.secret.name())
                .put("namespace", deployment.secret.namespace())
                .put("hash", hash);
        source.putArray("containerRefs").add(deployment.name.name());
        return source.put("observedAt", now.getEpochSecond()).toString();
    }
}
