package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings values from elsewhere into Secrets: at every interval, and as soon as anybody changes the ExternalSecret.
 *
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
public final class ExternalSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private volatile boolean stuck;

    ExternalSecrets() {}

    /** It does nothing any more, and says nothing of it. */
    public void getStuck() {
        stuck = true;
    }

    /** It works again. */
    public void goOn() {
        stuck = false;
    }

    void step(Collection<ExternalSecret> all, Map<ObjectName, Secret> secrets, Instant now) {
        if (!stuck) {
            all.stream().filter(each -> each.isDue(now)).forEach(each -> sync(each, secrets, now));
        }
    }

    private static void sync(ExternalSecret external, Map<ObjectName, Secret> secrets, Instant now) {
        Optional<Secret> current = fetch(external);
        current.ifPresentOrElse(
                secret -> {
                    secrets.put(external.name, secret);
                    external.synced(now);
                },
                () -> external.failed(now));
    }

    /** Nothing where the value cannot be had, is no JSON, or lacks a key. */
    private static Optional<Secret> fetch(ExternalSecret external) {
        try {
            JsonNode value = JSON.readTree(external.value.get());
            SortedMap<String, String> data = new TreeMap<>();
            for (JsonNode entry : external.data()) {
                JsonNode found = value.path(entry.at("/remoteRef/property").asText());
                if (found.isMissingNode()) {
                    return Optional.empty();
                }
                data.put(entry.path("secretKey").asText(), found.asText());
            }
            return Optional.of(new Secret(data));
        } catch (JsonProcessingException | RuntimeException unavailable) {
            return Optional.empty();
        }
    }
}
