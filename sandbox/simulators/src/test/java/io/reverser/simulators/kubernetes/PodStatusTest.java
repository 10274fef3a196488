package io.reverser.simulators.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.clock.MovableClock;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import io.reverser.simulators.kubernetes.object.ObjectName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that pods have the same status as those that Kubernetes' scheduler and kubelet write. */
class PodStatusTest {

    private static final ObjectName APP = new ObjectName("reverser", "reverser");

    private final FakePodRuntime pods = new FakePodRuntime();
    private MovableClock clock;
    private KubernetesCluster cluster;

    @BeforeEach
    void start(@TempDir Path folder) {
        clock = new MovableClock(folder.resolve("clock"));
        clock.pause();
        cluster = new KubernetesCluster(clock);
        cluster.createExternalSecret(new ObjectName("reverser", "database"), Duration.ofHours(1), () -> """
                {"MYSQL_HOST": "h", "MYSQL_DATABASE": "d", "MYSQL_USER": "u", "MYSQL_PASSWORD": "one"}
                """);
        cluster.createDeployment(APP, 3, "database", pods);
        steps(30);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void writesTheStatusOfARunningPod() {
        String started = KubernetesTime.format(clock.instant());
        clock.move(Duration.ofMinutes(5));
        step();
        assertThat(cluster.pods("reverser")).hasSize(3).allSatisfy(pod -> {
            JsonNode status = pod.path("status");
            assertThat(status.path("phase").asText()).isEqualTo("Running");
            assertThat(conditions(pod))
                    .containsExactly(
                            "PodReadyToStartContainers True",
                            "Initialized True",
                            "Ready True",
                            "ContainersReady True",
                            "PodScheduled True");
            assertThat(status.path("conditions"))
                    .allSatisfy(condition -> assertThat(
                                    condition.path("lastTransitionTime").asText())
                            .isEqualTo(started));
            assertThat(status.path("startTime").asText()).isEqualTo(started);
            JsonNode container = status.at("/containerStatuses/0");
            assertThat(container.at("/state/running/startedAt").asText()).isEqualTo(started);
            assertThat(container.path("lastState")).isEmpty();
            assertThat(container.path("started").asBoolean()).isTrue();
            assertThat(container.path("restartCount").asInt(-1)).isZero();
        });
    }

    @Test
    void spreadsPodsOverNodesInThreeZones() {
        List<ObjectNode> all = cluster.pods("reverser");
        assertThat(all)
                .extracting(pod ->
                        pod.at("/metadata/labels/topology.kubernetes.io~1zone").asText())
                .containsExactly("eu-central-1a", "eu-central-1b", "eu-central-1c");
        assertThat(all).extracting(pod -> pod.at("/spec/nodeName").asText()).doesNotHaveDuplicates();
        assertThat(all).extracting(pod -> pod.at("/status/hostIP").asText()).doesNotHaveDuplicates();
        assertThat(all).extracting(pod -> pod.at("/status/podIP").asText()).doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(pod -> assertThat(pod.at("/status/podIPs/0/ip")).isEqualTo(pod.at("/status/podIP")));
    }

    @Test
    void leavesAPodPendingUntilItsContainerStarts() {
        var other = new ObjectName("other", "reverser");
        cluster.createDeployment(other, 1, "missing", pods);
        assertThat(cluster.deployment(other).orElseThrow().path("status")).isEmpty();
        step();
        assertThat(podState("other")).isEqualTo("Pending waiting ContainerCreating");
        step();
        assertThat(podState("other")).isEqualTo("Pending waiting CreateContainerConfigError");
        assertThat(conditions(cluster.pods("other").getFirst()))
                .contains("Initialized True", "Ready False ContainersNotReady", "PodScheduled True");
    }

    @ParameterizedTest
    @CsvSource({"0, Succeeded, Completed, PodCompleted", "143, Failed, Error, PodFailed"})
    void writesTheTerminalPhaseOfADeletedPodBeforeItRemovesIt(
            int exitCode, String phase, String containerReason, String conditionReason) {
        pods.terminateSlowly();
        cluster.scale(APP, 2);
        steps(2);
        Instant deleted = clock.instant();
        clock.move(Duration.ofSeconds(25));
        pods.finishTermination(exitCode);
        step();
        JsonNode ended = cluster.pods("reverser").stream()
                .filter(pod -> pod.at("/metadata").has("deletionTimestamp"))
                .findFirst()
                .orElseThrow();
        assertThat(ended.at("/status/phase").asText()).isEqualTo(phase);
        JsonNode terminated = ended.at("/status/containerStatuses/0/state/terminated");
        assertThat(terminated.path("exitCode").asInt(-1)).isEqualTo(exitCode);
        assertThat(terminated.path("reason").asText()).isEqualTo(containerReason);
        assertThat(Instant.parse(terminated.path("finishedAt").asText())).isAfter(deleted);
        assertThat(conditions(ended))
                .contains("PodReadyToStartContainers False", "Ready False " + conditionReason, "PodScheduled True");
        assertThat(cluster.deployment(APP)
                        .orElseThrow()
                        .at("/status/terminatingReplicas")
                        .asInt(-1))
                .isZero();
        step();
        assertThat(cluster.pods("reverser")).hasSize(2);
    }

    /**
     * The kubelet restarts a container at once the first time, then after 10, 20 and 40 s. After ten minutes without an
     * exit, it restarts the container at once again.
     */
    @Test
    void restartsAContainerThatExitsWithExponentialBackOff() {
        cluster.scale(APP, 1);
        steps(30);
        String pod = cluster.endpoints(APP).getFirst();
        for (int seconds : new int[] {0, 10, 20, 40, 80, 160, 300, 300}) {
            pods.of(pod).exit(1);
            step();
            String state = seconds == 0 ? "Running terminated Error" : "Running waiting CrashLoopBackOff";
            assertThat(podState("reverser")).isEqualTo(state);
            if (seconds > 0) {
                clock.move(Duration.ofSeconds(seconds - 1));
                step();
                assertThat(podState("reverser")).isEqualTo(state);
                clock.move(Duration.ofSeconds(1));
            }
            step();
            assertThat(podState("reverser")).isEqualTo("Running running");
        }
        JsonNode container = cluster.pods("reverser").getFirst().at("/status/containerStatuses/0");
        assertThat(container.path("restartCount").asInt()).isEqualTo(8);
        assertThat(container.at("/lastState/terminated/exitCode").asInt()).isEqualTo(1);
        clock.move(Duration.ofSeconds(601));
        pods.of(pod).exit(1);
        steps(2);
        assertThat(podState("reverser")).isEqualTo("Running running");
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

    /** Returns the type, the status and, if present, the reason of each condition of an object. */
    private static List<String> conditions(JsonNode object) {
        return object.at("/status/conditions")
                .valueStream()
                .map(condition -> (condition.path("type").asText() + " "
                                + condition.path("status").asText() + " "
                                + condition.path("reason").asText())
                        .strip())
                .toList();
    }

    /** Returns the phase of the first pod in the namespace, and the state of the pod's container with the reason. */
    private String podState(String namespace) {
        JsonNode status = cluster.pods(namespace).getFirst().path("status");
        var state =
                status.at("/containerStatuses/0/state").properties().iterator().next();
        return (status.path("phase").asText() + " " + state.getKey() + " "
                        + state.getValue().path("reason").asText())
                .strip();
    }
}
