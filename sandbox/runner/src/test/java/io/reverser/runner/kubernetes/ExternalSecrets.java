package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.simulators.kubernetes.object.ContentHash;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Simulates the controller of an ExternalSecret, with the observed behaviour of External Secrets 2.9.0 and 0.16.2: it
 * fetches the secret at once when a label or an annotation of the ExternalSecret changes, and otherwise after the
 * refresh interval. After failures, it backs off exponentially.
 *
 * @see <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
final class ExternalSecrets implements AutoCloseable {

    private static final String NAME = "database";
    private static final String PATH = ApiServer.EXTERNAL_SECRETS + "externalsecrets";
    private static final String FINALIZER = "externalsecrets.external-secrets.io/externalsecret-cleanup";
    private static final Duration MIN_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(7);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServer api;
    private final AwsJsonClient aws;
    private final BlockingQueue<Boolean> changes = new ArrayBlockingQueue<>(1);
    private final Informer informer;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("external-secrets").unstarted(this::run);
    private Duration backOff = MIN_BACK_OFF;
    private String failedVersion = "";
    private Instant retryAt = Instant.EPOCH;

    private ExternalSecrets(ApiServer api, Map<String, String> awsEnvironment) {
        this.api = api;
        this.aws = new AwsJsonClient(AwsEnvironment.from(awsEnvironment));
        this.informer = Informer.start(api, PATH, changed -> changes.offer(true));
    }

    /**
     * Starts the simulated External Secrets.
     *
     * @param awsEnvironment environment variables with the address and the credentials of Secrets Manager
     */
    static ExternalSecrets start(ApiServer api, Map<String, String> awsEnvironment) {
        var controller = new ExternalSecrets(api, awsEnvironment);
        controller.thread.start();
        return controller;
    }

    @Override
    public void close() {
        informer.close();
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Duration wait = reconcile(api.get(PATH + "/" + NAME));
                changes.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Syncs the ExternalSecret if a sync is due. Returns the time until the next reconciliation, which starts earlier
     * if the ExternalSecret changes.
     */
    private Duration reconcile(JsonNode external) {
        String version = syncVersion(external);
        Instant now = Instant.now();
        JsonNode status = external.path("status");
        Instant refreshTime = Instant.parse(status.path("refreshTime").asText(Instant.EPOCH.toString()));
        Instant refreshAt = refreshTime.plus(interval(external));
        if (status.path("syncedResourceVersion").asText().equals(version) && now.isBefore(refreshAt)) {
            return Duration.between(now, refreshAt);
        }
        if (failedVersion.equals(version) && now.isBefore(retryAt)) {
            return Duration.between(now, retryAt);
        }
        addFinalizer(external);
        try {
            writeSecret(external, fetch(external));
            writeSynced(external, version, now);
            backOff = MIN_BACK_OFF;
            failedVersion = "";
            return interval(external);
        } catch (AwsJsonException | JsonProcessingException failure) {
            writeFailed(external, now);
            Duration wait = backOff;
            failedVersion = version;
            retryAt = now.plus(wait);
            backOff = Stream.of(wait.multipliedBy(2), MAX_BACK_OFF)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            return wait;
        }
    }

    /**
     * The version of an ExternalSecret that a sync records. It depends on the ExternalSecret's specification, labels
     * and annotations, and not on the fetched data.
     */
    private static String syncVersion(JsonNode external) {
        JsonNode metadata = external.path("metadata");
        return metadata.path("generation").asText() + "-"
                + ContentHash.sha3(metadata.path("annotations").toString() + metadata.path("labels"));
    }

    private static Duration interval(JsonNode external) {
        return Duration.parse(
                "PT" + external.at("/spec/refreshInterval").asText().toUpperCase(Locale.ROOT));
    }

    /** Fetches the data for the Secret from Secrets Manager; all keys come from the same version of the secret. */
    private ObjectNode fetch(JsonNode external) throws JsonProcessingException {
        String remoteKey = external.at("/spec/data/0/remoteRef/key").asText();
        JsonNode value = JSON.readTree(aws.call(
                        AwsJsonClient.Service.SECRETS_MANAGER,
                        "GetSecretValue",
                        JsonNodeFactory.instance.objectNode().put("SecretId", remoteKey))
                .path("SecretString")
                .asText());
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        external.at("/spec/data").forEach(entry -> {
            byte[] property = value.required(entry.at("/remoteRef/property").asText())
                    .asText()
                    .getBytes(StandardCharsets.UTF_8);
            data.put(entry.path("secretKey").asText(), Base64.getEncoder().encodeToString(property));
        });
        return data;
    }

    private void addFinalizer(JsonNode external) {
        if (!external.at("/metadata/finalizers").toString().contains(FINALIZER)) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("metadata").putArray("finalizers").add(FINALIZER);
            api.patch(PATH + "/" + NAME + "?fieldManager=external-secrets", ApiServer.MERGE_PATCH, patch);
        }
    }

    /** Writes the Secret, which also gets the labels and annotations of the ExternalSecret. */
    private void writeSecret(JsonNode external, ObjectNode data) {
        String target = external.at("/spec/target/name").asText();
        ObjectNode secret = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", "Opaque");
        ObjectNode metadata = secret.putObject("metadata").put("name", target);
        metadata.set("labels", external.at("/metadata/labels").deepCopy());
        metadata.withObject("labels")
                .put("reconcile.external-secrets.io/created-by", ContentHash.sha3("reverser/" + NAME))
                .put("reconcile.external-secrets.io/managed", "true");
        metadata.set("annotations", external.at("/metadata/annotations").deepCopy());
        metadata.withObject("annotations")
                .put("reconcile.external-secrets.io/data-hash", ContentHash.sha3(data.toString()));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", external.path("apiVersion").asText())
                .put("kind", "ExternalSecret")
                .put("name", NAME)
                .put("uid", external.at("/metadata/uid").asText())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        secret.set("data", data);
        api.patch(
                ApiServer.CORE + "secrets/" + target + "?fieldManager=externalsecrets&force=true",
                ApiServer.SERVER_SIDE_APPLY,
                secret);
    }

    private void writeSynced(JsonNode external, String version, Instant fetchedAt) {
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("refreshTime", KubernetesTime.format(fetchedAt))
                .put("syncedResourceVersion", version);
        status.putObject("binding").put("name", external.at("/spec/target/name").asText());
        writeStatus(external, status, "True", "SecretSynced", "secret synced", fetchedAt);
    }

    /** Writes the status of a failed sync, and keeps the fields of the last successful sync. */
    private void writeFailed(JsonNode external, Instant at) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        if (!external.path("status").has("refreshTime")) {
            status.putNull("refreshTime").putObject("binding").put("name", "");
        }
        writeStatus(external, status, "False", "SecretSyncedError", "could not get secret data from provider", at);
    }

    private void writeStatus(
            JsonNode external, ObjectNode status, String ready, String reason, String message, Instant at) {
        JsonNode before = external.at("/status/conditions/0");
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", ready)
                .put("reason", reason)
                .put("message", message)
                .put(
                        "lastTransitionTime",
                        before.path("status").asText().equals(ready)
                                ? before.path("lastTransitionTime").asText()
                                : KubernetesTime.format(at));
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.set("status", status);
        api.patch(PATH + "/" + NAME + "/status", ApiServer.MERGE_PATCH, patch);
    }
}
