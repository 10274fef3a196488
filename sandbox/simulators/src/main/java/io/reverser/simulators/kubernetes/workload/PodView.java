package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import java.util.TreeMap;

/** A pod as Kubernetes shows it in a list: with the name of the Secret for its environment, without the values. */
public final class PodView {

    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private PodView() {}

    public static ObjectNode toJson(ClusterPod pod, ReplicaSet replicaSet, Deployment deployment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("metadata", metadata(pod, replicaSet, deployment));
        json.set("spec", spec(deployment));
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
                .put("creationTimestamp", KubernetesTime.format(pod.created));
        pod.deletionTimestamp()
                .ifPresent(time -> metadata.put("deletionTimestamp", KubernetesTime.format(time))
                        .put("deletionGracePeriodSeconds", ClusterPod.TERMINATION_GRACE_PERIOD.toSeconds()));
        metadata.set("labels", labels(deployment).put("pod-template-hash", replicaSet.hash));
        metadata.set("annotations", DeploymentView.annotations(new TreeMap<>(replicaSet.annotations)));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", replicaSet.name())
                .put("controller", true);
        return metadata;
    }

    private static ObjectNode status(ClusterPod pod, Deployment deployment) {
        ObjectNode status = JsonNodeFactory.instance.objectNode().put("phase", pod.isRunning() ? "Running" : "Pending");
        ArrayNode conditions = status.putArray("conditions");
        for (String type : new String[] {"Ready", "ContainersReady"}) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", pod.isReady() ? "True" : "False")
                    .put("lastTransitionTime", KubernetesTime.format(pod.readyTransitionTime()));
        }
        status.putArray("containerStatuses")
                .addObject()
                .put("name", deployment.name.name())
                .put("ready", pod.isReady())
                .put("started", pod.isRunning())
                .put("restartCount", pod.restarts());
        return status;
    }
}
