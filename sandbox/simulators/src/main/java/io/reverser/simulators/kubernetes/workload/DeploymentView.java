package io.reverser.simulators.kubernetes.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.object.KubernetesTime;
import java.util.SortedMap;

/** Converts a Deployment to the JSON that the Kubernetes API returns. */
public final class DeploymentView {

    private DeploymentView() {}

    public static ObjectNode toJson(Deployment deployment) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment");
        json.set("metadata", metadata(deployment));
        json.set("spec", spec(deployment));
        json.set("status", deployment.status.toJson());
        return json;
    }

    private static ObjectNode metadata(Deployment deployment) {
        ObjectNode metadata = JsonNodeFactory.instance
                .objectNode()
                .put("name", deployment.name.name())
                .put("namespace", deployment.name.namespace())
                .put("uid", deployment.uid)
                .put("generation", deployment.generation())
                .put("creationTimestamp", KubernetesTime.format(deployment.created));
        metadata.putObject("annotations")
                .put("deployment.kubernetes.io/revision", String.valueOf(deployment.revision()))
                .put(Reloader.RELOAD_ANNOTATION, deployment.secret.name());
        return metadata;
    }

    private static ObjectNode spec(Deployment deployment) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("replicas", deployment.replicas());
        if (deployment.isPaused()) {
            spec.put("paused", true);
        }
        spec.put("revisionHistoryLimit", DeploymentController.REVISION_HISTORY_LIMIT)
                .put("progressDeadlineSeconds", ProgressingCondition.PROGRESS_DEADLINE.toSeconds());
        spec.putObject("selector").set("matchLabels", PodView.labels(deployment));
        spec.putObject("strategy")
                .put("type", "RollingUpdate")
                .putObject("rollingUpdate")
                .put("maxSurge", DeploymentController.MAX_SURGE)
                .put("maxUnavailable", 0);
        ObjectNode template = spec.putObject("template");
        ObjectNode metadata = template.putObject("metadata");
        metadata.set("labels", PodView.labels(deployment));
        metadata.set("annotations", annotations(deployment.templateAnnotations()));
        template.set("spec", PodView.spec(deployment));
        return spec;
    }

    static ObjectNode annotations(SortedMap<String, String> annotations) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        annotations.forEach(json::put);
        return json;
    }
}
