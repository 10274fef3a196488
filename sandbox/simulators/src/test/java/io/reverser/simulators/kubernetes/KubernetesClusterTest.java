package io.reverser.simulators.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.kubernetes.object.ObjectName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies that the simulator behaves like Kubernetes, External Secrets and Reloader. */
class KubernetesClusterTest {

    private static final ObjectName APP = new ObjectName("reverser", "reverser");
    private static final ObjectName DATABASE = new ObjectName("reverser", "database");

    private final FakePodRuntime pods = new FakePodRuntime();
    private String password = "one";
    private int fetches;
    private MovableClock clock;
    private KubernetesCluster cluster;

    @BeforeEach
    void start(@TempDir Path folder) {
        clock = new MovableClock(folder.resolve("clock"));
        cluster = new KubernetesCluster(clock);
        cluster.createExternalSecret(DATABASE, Duration.ofHours(1), this::fetch);
        cluster.createDeployment(APP, 3, "database", pods);
        settle();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void startsPodsWithTheirSecretAsEnvironment() {
        assertThat(pods.containers).hasSize(3);
        assertThat(pods.containers.values())
                .allSatisfy(container -> assertThat(container.environment)
                        .containsOnlyKeys("MYSQL_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD")
                        .containsEntry("MYSQL_PASSWORD", "one"));
        assertThat(deployment().at("/status/availableReplicas").asInt()).isEqualTo(3);
        assertThat(reason("Progressing")).isEqualTo("True NewReplicaSetAvailable");
        assertThat(reason("Available")).isEqualTo("True MinimumReplicasAvailable");
        assertThat(cluster.endpoints(APP)).hasSize(3);
    }

    @Test
    void namesTheReplicaSetInTheProgressingCondition() {
        String owner = cluster.pods("reverser")
                .getFirst()
                .at("/metadata/ownerReferences/0/name")
                .asText();
        assertThat(condition("Progressing").path("message").asText())
                .isEqualTo("ReplicaSet \"%s\" has successfully progressed.", owner);
        assertThat(condition("Available").path("message").asText()).isEqualTo("Deployment has minimum availability.");
    }

    /** At any time, at least three pods are ready, and at most four pods are not terminating. */
    @Test
    void rollsOutANewPasswordWithoutLosingCapacity() {
        password = "two";
        forceSync("now");
        int rounds = 0;
        do {
            step();
            assertThat(cluster.endpoints(APP)).hasSizeGreaterThanOrEqualTo(3);
            assertThat(deployment().at("/status/replicas").asInt()).isBetween(3, 4);
        } while (!(revision().equals("2") && cluster.isRolledOut(APP)) && ++rounds < 50);
        assertThat(cluster.isRolledOut(APP)).isTrue();
        assertThat(cluster.endpoints(APP))
                .allSatisfy(name -> assertThat(pods.of(name).environment).containsEntry("MYSQL_PASSWORD", "two"));
        assertThat(pods.containers).hasSize(6);
    }

    /** Until the controller has observed the new template, the pod counts alone look like a completed rollout. */
    @Test
    void showsATemplateThatTheControllerHasNotObserved() {
        password = "two";
        forceSync("now");
        step();
        step();
        assertThat(deployment().at("/metadata/generation").asLong())
                .isEqualTo(deployment().at("/status/observedGeneration").asLong() + 1);
        assertThat(deployment().at("/status/updatedReplicas").asInt()).isEqualTo(3);
        step();
        assertThat(deployment().path("status").has("updatedReplicas")).isFalse();
        assertThat(deployment().at("/status/unavailableReplicas").asInt()).isEqualTo(1);
        assertThat(reason("Progressing")).isEqualTo("True NewReplicaSetCreated");
        step();
        assertThat(deployment().at("/status/updatedReplicas").asInt()).isEqualTo(1);
        assertThat(reason("Progressing")).isEqualTo("True ReplicaSetUpdated");
    }

    @Test
    void listsTerminatingPodsUntilTheyAreRemoved() {
        pods.terminateSlowly();
        password = "two";
        forceSync("now");
        steps(20);
        assertThat(deployment().at("/status/replicas").asInt()).isEqualTo(3);
        assertThat(deployment().at("/status/updatedReplicas").asInt()).isEqualTo(3);
        assertThat(deployment().at("/status/terminatingReplicas").asInt()).isEqualTo(3);
        assertThat(cluster.isRolledOut(APP)).isFalse();
        assertThat(cluster.pods("reverser"))
                .filteredOn(pod -> pod.at("/metadata").has("deletionTimestamp"))
                .hasSize(3)
                .allSatisfy(pod -> assertThat(Instant.parse(
                                pod.at("/metadata/deletionTimestamp").asText()))
                        .isAfter(clock.instant().plusSeconds(30)));
        pods.finishTermination();
        step();
        assertThat(cluster.pods("reverser"))
                .filteredOn(pod -> pod.at("/metadata").has("deletionTimestamp"))
                .hasSize(3)
                .allSatisfy(pod -> assertThat(pod.at("/status/phase").asText()).isEqualTo("Succeeded"));
        step();
        assertThat(cluster.isRolledOut(APP)).isTrue();
        assertThat(cluster.pods("reverser")).hasSize(3);
        assertThat(deployment().at("/status/terminatingReplicas").asInt(-1)).isZero();
    }

    @Test
    void exceedsTheProgressDeadlineWhenAPodNeverBecomesReady() {
        pods.startUnready();
        password = "two";
        forceSync("now");
        steps(20);
        assertThat(cluster.endpoints(APP)).hasSize(3);
        assertThat(deployment().at("/status/updatedReplicas").asInt()).isEqualTo(1);
        clock.move(Duration.ofMinutes(9));
        step();
        assertThat(reason("Progressing")).isEqualTo("True ReplicaSetUpdated");
        clock.move(Duration.ofSeconds(61));
        step();
        assertThat(reason("Progressing")).isEqualTo("False ProgressDeadlineExceeded");
        assertThat(cluster.endpoints(APP)).hasSize(3);
    }

    /**
     * Reloader writes the time of each change into the pod template, so a rollback to the old password creates a third
     * ReplicaSet.
     */
    @Test
    void rollsBackFromAnUnreadyPod() {
        pods.startUnready();
        password = "two";
        forceSync("now");
        steps(10);
        pods.startReady();
        password = "one";
        forceSync("back");
        settle();
        assertThat(revision()).isEqualTo("3");
        assertThat(cluster.endpoints(APP))
                .hasSize(3)
                .allSatisfy(name -> assertThat(pods.of(name).environment).containsEntry("MYSQL_PASSWORD", "one"));
    }

    @Test
    void doesNotRollPodsOfAPausedDeployment() {
        cluster.pauseRollout(APP);
        step();
        assertThat(reason("Progressing")).isEqualTo("Unknown DeploymentPaused");
        password = "two";
        forceSync("now");
        steps(20);
        assertThat(deployment().at("/spec/paused").asBoolean()).isTrue();
        assertThat(deployment().at("/status").has("updatedReplicas")).isFalse();
        assertThat(pods.containers).hasSize(3);
        cluster.scale(APP, 4);
        steps(2);
        assertThat(pods.containers).hasSize(4);
        cluster.resumeRollout(APP);
        step();
        assertThat(reason("Progressing")).isEqualTo("Unknown DeploymentResumed");
        settle();
        assertThat(revision()).isEqualTo("2");
        assertThat(cluster.endpoints(APP)).hasSize(4);
    }

    @Test
    void scalesWithoutANewRevision() {
        cluster.scale(APP, 5);
        settle();
        assertThat(cluster.endpoints(APP)).hasSize(5);
        cluster.scale(APP, 2);
        settle();
        assertThat(cluster.endpoints(APP)).hasSize(2);
        assertThat(revision()).isEqualTo("1");
    }

    @Test
    void restartsAContainerWithTheCurrentSecret() {
        cluster.reloader().stop();
        password = "two";
        forceSync("now");
        steps(3);
        String victim = cluster.endpoints(APP).getFirst();
        pods.of(victim).exit(1);
        step();
        assertThat(cluster.endpoints(APP)).hasSize(2).doesNotContain(victim);
        settle();
        assertThat(pods.of(victim).environment).containsEntry("MYSQL_PASSWORD", "two");
    }

    @Test
    void syncsAtItsRefreshInterval() {
        password = "two";
        steps(5);
        assertThat(secret()).isEqualTo("one");
        clock.move(Duration.ofHours(1));
        step();
        assertThat(secret()).isEqualTo("two");
    }

    @Test
    void doesNotRollOutUnchangedData() {
        String before = external().at("/status/refreshTime").asText();
        clock.move(Duration.ofMinutes(1));
        forceSync("again");
        steps(5);
        assertThat(external().at("/status/refreshTime").asText()).isGreaterThan(before);
        assertThat(revision()).isEqualTo("1");
    }

    @Test
    void keepsTheSecretAndReportsAFailedSync() {
        String before = external().at("/status/refreshTime").asText();
        password = "";
        clock.move(Duration.ofMinutes(1));
        forceSync("now");
        step();
        assertThat(external().at("/status/conditions/0/status").asText()).isEqualTo("False");
        assertThat(external().at("/status/conditions/0/reason").asText()).isEqualTo("SecretSyncedError");
        assertThat(external().at("/status/refreshTime").asText()).isEqualTo(before);
        assertThat(secret()).isEqualTo("one");
        password = "two";
        clock.move(Duration.ofSeconds(1));
        step();
        assertThat(external().at("/status/conditions/0/reason").asText()).isEqualTo("SecretSynced");
        assertThat(secret()).isEqualTo("two");
    }

    @Test
    void retriesAFailedSyncWithExponentialBackOff() {
        clock.pause();
        password = "";
        forceSync("now");
        step();
        int before = fetches;
        for (int seconds = 1; seconds <= 64; seconds *= 2) {
            clock.move(Duration.ofSeconds(seconds).minusMillis(1));
            steps(3);
            assertThat(fetches).isEqualTo(before);
            clock.move(Duration.ofMillis(1));
            steps(3);
            assertThat(fetches).isEqualTo(++before);
        }
    }

    @Test
    void endsTheBackOffWhenAnAnnotationChanges() {
        password = "";
        forceSync("now");
        steps(3);
        password = "two";
        forceSync("again");
        step();
        assertThat(secret()).isEqualTo("two");
    }

    @Test
    void resetsTheBackOffAfterASync() {
        password = "";
        forceSync("now");
        steps(2);
        clock.move(Duration.ofSeconds(1));
        step();
        password = "two";
        clock.move(Duration.ofSeconds(2));
        step();
        assertThat(secret()).isEqualTo("two");
        password = "";
        forceSync("again");
        step();
        password = "three";
        clock.move(Duration.ofSeconds(1));
        step();
        assertThat(secret()).isEqualTo("three");
    }

    @Test
    void hasAStatusBeforeTheFirstSync() {
        var never = new ObjectName("reverser", "never");
        cluster.createExternalSecret(never, Duration.ofHours(1), () -> "gone");
        step();
        JsonNode status = cluster.externalSecret(never).orElseThrow().path("status");
        assertThat(status.path("refreshTime").isNull()).isTrue();
        assertThat(status.at("/binding/name").asText("none")).isEmpty();
        assertThat(status.has("syncedResourceVersion")).isFalse();
        assertThat(status.at("/conditions/0/status").asText()).isEqualTo("False");
        assertThat(status.at("/conditions/0/reason").asText()).isEqualTo("SecretSyncedError");
        assertThat(external().at("/status/binding/name").asText()).isEqualTo("database");
    }

    /**
     * The synced version depends on the ExternalSecret's metadata, not on the data: if the metadata is restored, the
     * earlier version returns.
     */
    @Test
    void derivesTheSyncedVersionFromLabelsAndAnnotations() {
        String before = version();
        password = "two";
        clock.move(Duration.ofHours(1));
        step();
        assertThat(version()).isEqualTo(before);
        label("team", "platform");
        step();
        assertThat(version()).isNotEqualTo(before).startsWith("1-");
        label("team", "");
        step();
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void copiesItsMetadataToTheSecretAndOwnsIt() {
        label("team", "platform");
        forceSync("now");
        step();
        JsonNode metadata = cluster.secretObject(DATABASE).orElseThrow().path("metadata");
        assertThat(metadata.at("/annotations/force-sync").asText()).isEqualTo("now");
        assertThat(metadata.at("/annotations/reconcile.external-secrets.io~1data-hash")
                        .asText())
                .hasSize(56);
        assertThat(metadata.at("/labels/team").asText()).isEqualTo("platform");
        assertThat(metadata.at("/labels/reconcile.external-secrets.io~1managed").asText())
                .isEqualTo("true");
        assertThat(metadata.at("/ownerReferences/0/kind").asText()).isEqualTo("ExternalSecret");
        assertThat(metadata.at("/ownerReferences/0/uid").asText())
                .isEqualTo(external().at("/metadata/uid").asText());
    }

    @Test
    void rewritesTheSecretForAForcedSyncWithoutAReload() {
        String before = secretVersion();
        forceSync("now");
        steps(5);
        assertThat(secretVersion()).isNotEqualTo(before);
        assertThat(revision()).isEqualTo("1");
    }

    @Test
    void restoresASecretThatWasEdited() {
        String version = version();
        String refreshed = external().at("/status/refreshTime").asText();
        clock.move(Duration.ofMinutes(1));
        cluster.editSecret(DATABASE, "MYSQL_PASSWORD", "edited");
        step();
        assertThat(secret()).isEqualTo("one");
        assertThat(version()).isEqualTo(version);
        assertThat(external().at("/status/refreshTime").asText()).isGreaterThan(refreshed);
    }

    @Test
    void restoresASecretThatWasDeleted() {
        String version = version();
        cluster.deleteSecret(DATABASE);
        step();
        assertThat(secret()).isEqualTo("one");
        assertThat(version()).isEqualTo(version);
        steps(5);
        assertThat(revision()).isEqualTo("1");
    }

    @Test
    void keepsADeletedExternalSecretWhileItsControllerIsDown() {
        assertThat(external().at("/metadata/finalizers/0").asText())
                .isEqualTo("externalsecrets.external-secrets.io/externalsecret-cleanup");
        cluster.externalSecretsController().pause();
        cluster.deleteExternalSecret(DATABASE);
        steps(5);
        assertThat(external().path("metadata").has("deletionTimestamp")).isTrue();
        assertThat(secret()).isEqualTo("one");
        cluster.externalSecretsController().resume();
        step();
        assertThat(cluster.externalSecret(DATABASE)).isEmpty();
        assertThat(cluster.secret(DATABASE)).isEmpty();
    }

    @Test
    void keepsADeletedExternalSecretWhileTheWebhookIsDown() {
        cluster.externalSecretsController().stopWebhook();
        cluster.deleteExternalSecret(DATABASE);
        steps(5);
        assertThat(external().path("metadata").has("deletionTimestamp")).isTrue();
        assertThat(secret()).isEqualTo("one");
        cluster.externalSecretsController().startWebhook();
        step();
        assertThat(cluster.externalSecret(DATABASE)).isEmpty();
    }

    @Test
    void doesNotSyncANewExternalSecretWhileTheWebhookIsDown() {
        var added = new ObjectName("reverser", "added");
        cluster.externalSecretsController().stopWebhook();
        cluster.createExternalSecret(added, Duration.ofHours(1), this::fetch);
        steps(5);
        assertThat(cluster.externalSecret(added).orElseThrow().path("metadata").has("finalizers"))
                .isFalse();
        assertThat(cluster.secret(added)).isEmpty();
        cluster.externalSecretsController().startWebhook();
        step();
        assertThat(cluster.secret(added)).isPresent();
    }

    @Test
    void namesTheContainersInReloadersAnnotation() throws JsonProcessingException {
        password = "two";
        forceSync("now");
        settle();
        JsonNode source = new ObjectMapper()
                .readTree(deployment()
                        .at("/spec/template/metadata/annotations/reloader.stakater.com~1last-reloaded-from")
                        .asText());
        assertThat(source.path("containerRefs")).hasSize(1);
        assertThat(source.at("/containerRefs/0").asText()).isEqualTo("reverser");
    }

    @Test
    void keepsTheStatusWhileExternalSecretsIsStuck() {
        cluster.externalSecretsController().pause();
        JsonNode before = external().path("status");
        password = "two";
        forceSync("now");
        clock.move(Duration.ofHours(2));
        steps(5);
        assertThat(external().path("status")).isEqualTo(before);
        cluster.externalSecretsController().resume();
        step();
        assertThat(secret()).isEqualTo("two");
    }

    @Test
    void missesChangesWhileReloaderIsDown() {
        cluster.reloader().stop();
        password = "two";
        forceSync("now");
        steps(5);
        cluster.reloader().start();
        steps(5);
        assertThat(secret()).isEqualTo("two");
        assertThat(revision()).isEqualTo("1");
        password = "three";
        forceSync("again");
        settle();
        assertThat(revision()).isEqualTo("2");
    }

    @Test
    void changesTheResourceVersionOnlyWithTheObject() {
        String before = external().at("/metadata/resourceVersion").asText();
        steps(3);
        assertThat(external().at("/metadata/resourceVersion").asText()).isEqualTo(before);
        forceSync("now");
        assertThat(external().at("/metadata/resourceVersion").asText()).isNotEqualTo(before);
        assertThat(external().at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void reconcilesInTheBackground() {
        cluster.start();
        cluster.scale(APP, 4);
        await().until(() -> cluster.endpoints(APP).size() == 4);
    }

    private void forceSync(String value) {
        cluster.updateExternalSecret(DATABASE, present -> {
            present.withObject("/metadata/annotations").put("force-sync", value);
            return present;
        });
    }

    private String fetch() {
        fetches++;
        return password.isEmpty() ? "gone" : """
                {"MYSQL_HOST": "h", "MYSQL_DATABASE": "d", "MYSQL_USER": "u", "MYSQL_PASSWORD": "%s", "other": 1}
                """.formatted(password);
    }

    /** Sets a label of the ExternalSecret, or removes the label if the value is empty. */
    private void label(String name, String value) {
        cluster.updateExternalSecret(DATABASE, present -> {
            ObjectNode labels = present.withObject("/metadata/labels");
            if (value.isEmpty()) {
                labels.remove(name);
            } else {
                labels.put(name, value);
            }
            return present;
        });
    }

    private String version() {
        return external().at("/status/syncedResourceVersion").asText();
    }

    private String secretVersion() {
        return cluster.secretObject(DATABASE)
                .orElseThrow()
                .at("/metadata/resourceVersion")
                .asText();
    }

    private void step() {
        pods.passTime();
        cluster.reconcile();
    }

    private void steps(int rounds) {
        for (int i = 0; i < rounds; i++) {
            step();
        }
    }

    private void settle() {
        steps(30);
        assertThat(cluster.isRolledOut(APP)).isTrue();
    }

    private ObjectNode deployment() {
        return cluster.deployment(APP).orElseThrow();
    }

    private ObjectNode external() {
        return cluster.externalSecret(DATABASE).orElseThrow();
    }

    private String revision() {
        return deployment()
                .path("metadata")
                .path("annotations")
                .path("deployment.kubernetes.io/revision")
                .asText();
    }

    private String secret() {
        return cluster.secret(DATABASE).orElseThrow().getOrDefault("MYSQL_PASSWORD", "");
    }

    /** Returns the status and the reason of a condition of the Deployment. */
    private String reason(String type) {
        JsonNode condition = condition(type);
        return condition.path("status").asText() + " "
                + condition.path("reason").asText();
    }

    private JsonNode condition(String type) {
        return deployment()
                .at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
