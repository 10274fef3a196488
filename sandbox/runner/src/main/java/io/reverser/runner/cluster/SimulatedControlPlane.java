package io.reverser.runner.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import io.reverser.simulators.kubernetes.api.KubernetesApi;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.tls.TestAuthority;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The simulated Kubernetes, with the reverser's Deployment and the ExternalSecret of the database credentials. */
public final class SimulatedControlPlane implements ControlPlane {

    private static final String NAMESPACE = "reverser";
    private static final ObjectName SECRET = new ObjectName(NAMESPACE, "database");
    private static final ObjectName DEPLOYMENT = new ObjectName(NAMESPACE, "reverser");
    private static final Duration REFRESH_INTERVAL = Duration.ofHours(1);

    private final KubernetesCluster kubernetes;
    private final KubernetesApi api;

    private SimulatedControlPlane(KubernetesCluster kubernetes, KubernetesApi api) {
        this.kubernetes = kubernetes;
        this.api = api;
    }

    /**
     * Starts a simulated cluster with the reverser.
     *
     * @param name the name of a cluster in the simulated EKS; from now on, EKS returns the
     *     address of the simulated cluster
     * @param secret the value that External Secrets fetches
     */
    public static SimulatedControlPlane start(
            String name, ReverserPods pods, AwsEndpoint aws, TestAuthority authority, Supplier<String> secret) {
        var kubernetes = new KubernetesCluster(aws.clock());
        kubernetes.createExternalSecret(SECRET, REFRESH_INTERVAL, secret);
        kubernetes.createDeployment(DEPLOYMENT, ReverserCluster.REPLICAS, SECRET.name(), pods);
        kubernetes.start();
        return new SimulatedControlPlane(kubernetes, KubernetesApi.start(name, kubernetes, aws, authority));
    }

    /**
     * Registers the access key of an IAM role or user, so that the simulated cluster accepts tokens that are signed
     * with this key.
     */
    public void registerAccessKey(String accessKey, String secretKey, String principalArn) {
        api.registerAccessKey(accessKey, secretKey, principalArn);
    }

    @Override
    public boolean isRolledOut() {
        return kubernetes.isRolledOut(DEPLOYMENT);
    }

    @Override
    public List<ObjectNode> pods() {
        return kubernetes.pods(NAMESPACE);
    }

    @Override
    public List<String> endpoints() {
        return kubernetes.endpoints(DEPLOYMENT);
    }

    @Override
    public void close() {
        api.close();
        kubernetes.close();
    }
}
