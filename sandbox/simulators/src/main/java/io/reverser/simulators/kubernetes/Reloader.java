package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives Deployments a new template when their Secret has other data than before. It compares only what changes before its eyes:
 * what changed while it was away it never learns.
 *
 * @see <a href="https://github.com/stakater/Reloader">Reloader</a>
 */
public final class Reloader {

    static final String WATCHES = "secret.reloader.stakater.com/reload";

    private static final String RELOADED = "reloader.stakater.com/last-reloaded-from";

    private final Map<ObjectName, String> seen = new HashMap<>();
    private boolean away;

    Reloader() {}

    /** It is not running. */
    public synchronized void leave() {
        away = true;
    }

    /** It is running again. */
    public synchronized void comeBack() {
        away = false;
        seen.clear();
    }

    synchronized void step(Map<ObjectName, Secret> secrets, Collection<Deployment> deployments, Instant now) {
        if (away) {
            return;
        }
        secrets.forEach((name, secret) -> {
            String hash = Hashes.of(secret.data().toString());
            String before = seen.put(name, hash);
            if (before != null && !before.equals(hash)) {
                deployments.stream()
                        .filter(deployment -> deployment.secret.equals(name))
                        .forEach(deployment -> deployment.annotate(RELOADED, source(name, hash, now)));
            }
        });
    }

    private static String source(ObjectName name, String hash, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "SECRET")
                .put("name", name.name())
                .put("namespace", name.namespace())
                .put("hash", hash)
                .put("observedAt", now.getEpochSecond())
                .toString();
    }
}
