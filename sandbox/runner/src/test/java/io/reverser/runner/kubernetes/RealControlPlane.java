package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.runner.cluster.ControlPlane;
import io.reverser.runner.cluster.ReverserPods;
import io.reverser.runner.functions.SimulatedBackends;
import java.util.Comparator;
import java.util.List;

/**
 * A real Kubernetes API server with its controllers and scheduler, to which an environment's Kustomize overlay is
 * applied. The other parts that a rotation needs are simulated: the kubelets, External Secrets and Reloader.
 */
final class RealControlPlane implements ControlPlane {

    private final ApiServer api;
    private final Kubelet kubelet;
    private final Informer pods;
    private final Informer endpointSlices;
    private final ExternalSecrets externalSecrets;
    private final SecretReloader reloader;

    private RealControlPlane(ApiServer api, ReverserPods runtime, SimulatedBackends backends) {
        this.api = api;
        reloader = SecretReloader.start(api);
        externalSecrets = ExternalSecrets.start(api, backends.awsEnvironment());
        kubelet = new Kubelet(api, runtime);
        pods = Informer.start(api, ApiServer.CORE + "pods", kubelet::onChange);
        endpointSlices = Informer.start(api, ApiServer.DISCOVERY + "endpointslices", changed -> {});
    }

    /** Starts the simulated kubelets, External Secrets and Reloader. */
    static RealControlPlane start(ApiServer api, ReverserPods runtime, SimulatedBackends backends) {
        return new RealControlPlane(api, runtime, backends);
    }

    @Override
    public boolean isRolledOut() {
        JsonNode deployment = api.get(ApiServer.APPS + "deployments/reverser");
        JsonNode status = deployment.path("status");
        int desired = deployment.at("/spec/replicas").asInt();
        return status.path("observedGeneration").asLong()
                        == deployment.at("/metadata/generation").asLong()
                && status.path("updatedReplicas").asInt() == desired
                && status.path("availableReplicas").asInt() == desired
                && pods.all().size() == desired;
    }

    @Override
    public List<ObjectNode> pods() {
        return pods.all().stream()
                .map(ObjectNode.class::cast)
                .sorted(Comparator.comparing(
                        pod -> pod.at("/metadata/creationTimestamp").asText()))
                .toList();
    }

    /** Reads the names of the ready pods from the EndpointSlices, as the load balancer controller does. */
    @Override
    public List<String> endpoints() {
        return endpointSlices.all().stream()
                .flatMap(slice -> slice.path("endpoints").valueStream())
                .filter(endpoint -> endpoint.at("/conditions/ready").asBoolean())
                .map(endpoint -> endpoint.at("/targetRef/name").asText())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        reloader.close();
        externalSecrets.close();
        pods.close();
        endpointSlices.close();
        kubelet.close();
    }
}
