package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import java.time.Instant;

/**
 * The state of a container, as the kubelet reports it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states">Container states</a>
 */
sealed interface ContainerState {

    /**
     * Returns the state as in {@code containerStatuses} of the Kubernetes API: an object with one key, which names the
     * state.
     */
    ObjectNode toJson();

    record Waiting(String reason) implements ContainerState {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putObject("waiting").put("reason", reason);
            return json;
        }
    }

    record Running(Instant startedAt) implements ContainerState {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putObject("running").put("startedAt", KubernetesTime.format(startedAt));
            return json;
        }
    }

    record Terminated(int exitCode, Instant startedAt, Instant finishedAt) implements ContainerState {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putObject("terminated")
                    .put("exitCode", exitCode)
                    .put("reason", exitCode == 0 ? "Completed" : "Error")
                    .put("startedAt", KubernetesTime.format(startedAt))
                    .put("finishedAt", KubernetesTime.format(finishedAt));
            return json;
        }
    }
}
