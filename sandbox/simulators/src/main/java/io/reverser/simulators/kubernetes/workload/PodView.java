package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import io.reverser.simulators.kubernetes.workload.ContainerState.Running;
import io.reverser.simulators.kubernetes.workload.ContainerState.Terminated;
import java.time.Instant;
import java.util.TreeMap;

/**
 * Converts a pod to the JSON that the Kubernetes API returns. The JSON contains the name of the pod's Secret, but not
 * the Secret's data.
 */
public final class PodView {

    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private PodView() {}

    public static ObjectNode toJson(ClusterPod pod, ReplicaSet replicaSet, Deployment deployment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("metadata", metadata(pod, replicaSet, deployment));
        json.set("spec", spec(deployment).put("nodeName", pod.placement.node()));
        json.set("status", status(pod, deployment));
        return json;
    }

    static ObjectNode labels(Deployment deployment) {
        return JsonNodeFactory.instance.objectNode().put(NAME_LABEL, deployment.name.name());
    }

    static ObjectNode spec(Deployment deployment) {
        ObjectNode spec = JsonNodeFactory.instance
                .objectNode()
                .put("terminationGracePeriodSeconds", ClusterPod.TERMINATION_GRACE_PERIOD.toSeconds());
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", deployment.name.name()).put("image", deployment.name.name());
        container.putArray("envFrom").addObject().putObject("secretRef").put("name", deployment.secret.name());
        return spec;
    }

    private static ObjectNode metadata(ClusterPod pod, ReplicaSet replicaSet, Deployment deployment) {
        ObjectNode metadata = JsonNodeFactory.instance
                .objectNode()
                .put("name", pod.name)
                .put("generateName", replicaSet.name() + "-")
                .put("namespace", deployment.name.namespace())
                .put("uid", pod.uid)
                .put("creationTimestamp", KubernetesTime.format(pod.created));
        pod.deletionTimestamp()
                .ifPresent(time -> metadata.put("deletionTimestamp", KubernetesTime.format(time))
                        .put("deletionGracePeriodSeconds", ClusterPod.TERMINATION_GRACE_PERIOD.toSeconds()));
        metadata.set(
                "labels",
                labels(deployment)
                        .put("pod-template-hash", replicaSet.hash)
                        .put("topology.kubernetes.io/region", NodePool.REGION)
                        .put("topology.kubernetes.io/zone", pod.placement.zone()));
        metadata.set("annotations", DeploymentView.annotations(new TreeMap<>(replicaSet.annotations)));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", replicaSet.name())
                .put("uid", replicaSet.uid)
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        return metadata;
    }

    private static ObjectNode status(ClusterPod pod, Deployment deployment) {
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("phase", pod.phase())
                .put("startTime", KubernetesTime.format(pod.created))
                .put("hostIP", pod.placement.hostIp())
                .put("podIP", pod.placement.podIp());
        status.putArray("hostIPs").addObject().put("ip", pod.placement.hostIp());
        status.putArray("podIPs").addObject().put("ip", pod.placement.podIp());
        status.set("conditions", conditions(pod));
        ObjectNode container = status.putArray("containerStatuses")
                .addObject()
                .put("name", deployment.name.name())
                .put("image", deployment.name.name())
                .put("ready", pod.isReady())
                .put("started", pod.state() instanceof Running)
                .put("restartCount", pod.restarts());
        container.set("state", pod.state().toJson());
        container.set(
                "lastState",
                pod.lastTermination().map(Terminated::toJson).orElseGet(JsonNodeFactory.instance::objectNode));
        return status;
    }

    /**
     * The conditions of a pod: those that the kubelet writes, in the kubelet's order, and the condition that the
     * scheduler writes.
     */
    private static ArrayNode conditions(ClusterPod pod) {
        String notReadyReason = switch (pod.phase()) {
            case "Succeeded" -> "PodCompleted";
            case "Failed" -> "PodFailed";
            default -> "ContainersNotReady";
        };
        Instant sandboxChanged = pod.isTerminated() && pod.state() instanceof Terminated terminated
                ? terminated.finishedAt()
                : pod.created;
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        addCondition(conditions, "PodReadyToStartContainers", !pod.isTerminated(), sandboxChanged);
        addCondition(conditions, "Initialized", true, pod.created);
        for (String type : new String[] {"Ready", "ContainersReady"}) {
            ObjectNode condition = addCondition(conditions, type, pod.isReady(), pod.readyTransitionTime());
            if (!pod.isReady()) {
                condition.put("reason", notReadyReason);
            }
        }
        addCondition(conditions, "PodScheduled", true, pod.created);
        return conditions;
    }

    private static ObjectNode addCondition(ArrayNode conditions, String type, boolean isTrue, Instant transitionTime) {
        return conditions
                .addObject()
                .put("type", type)
                .put("status", isTrue ? "True" : "False")
                .put("lastTransitionTime", KubernetesTime.format(transitionTime))
                .putNull("lastProbeTime");
    }
}
