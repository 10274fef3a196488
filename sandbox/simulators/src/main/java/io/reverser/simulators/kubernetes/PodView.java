package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** A pod as Kubernetes shows it in a list. What is in its environment nobody sees. */
final class PodView {

    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private PodView() {}

    static ObjectNode of(ClusterPod pod, ReplicaSet set, Deployment deployment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("metadata", metadata(pod, set, deployment));
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
                .put("terminationGracePeriodSeconds", ClusterPod.GRACE.toSeconds());
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", deployment.name.name()).put("image", deployment.name.name());
        container.putArray("envFrom").addObject().putObject("secretRef").put("name", deployment.secret.name());
        return spec;
    }

    private static ObjectNode metadata(ClusterPod pod, ReplicaSet set, Deployment deployment) {
        ObjectNode metadata = JsonNodeFactory.instance
                .objectNode()
                .put("name", pod.name)
                .put("generateName", set.name() + "-")
                .put("namespace", deployment.name.namespace())
                .put("creationTimestamp", Times.text(pod.created));
        pod.deletion()
                .ifPresent(time -> metadata.put("deletionTimestamp", Times.text(time))
                        .put("deletionGracePeriodSeconds", ClusterPod.GRACE.toSeconds()));
        metadata.set("labels", labels(deployment).put("pod-template-hash", set.hash));
        metadata.set("annotations", DeploymentView.annotations(new TreeMap<>(set.annotations)));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", set.name())
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
                    .put("lastTransitionTime", Times.text(pod.readyChanged()));
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
