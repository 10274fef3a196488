package io.reverser.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.simulators.kubernetes.externalsecret.ExternalSecret;
import io.reverser.simulators.kubernetes.externalsecret.ExternalSecretsController;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.kubernetes.object.ResourceVersions;
import io.reverser.simulators.kubernetes.object.Secret;
import io.reverser.simulators.kubernetes.workload.ClusterPod;
import io.reverser.simulators.kubernetes.workload.Deployment;
import io.reverser.simulators.kubernetes.workload.DeploymentController;
import io.reverser.simulators.kubernetes.workload.DeploymentView;
import io.reverser.simulators.kubernetes.workload.NodePool;
import io.reverser.simulators.kubernetes.workload.PodRuntime;
import io.reverser.simulators.kubernetes.workload.PodView;
import io.reverser.simulators.kubernetes.workload.Reloader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A simulated Kubernetes cluster: its objects and their controllers. The controllers act when {@link #reconcile} is
 * called, or repeatedly after {@link #start}.
 */
public final class KubernetesCluster implements AutoCloseable {

    private static final Duration RECONCILE_INTERVAL = Duration.ofMillis(100);

    private final InstantSource clock;
    private final Map<ObjectName, Deployment> deployments = new LinkedHashMap<>();
    private final Map<ObjectName, ExternalSecret> externalSecretsByName = new LinkedHashMap<>();
    private final Map<ObjectName, Secret> secrets = new LinkedHashMap<>();
    private final ExternalSecretsController externalSecretsController = new ExternalSecretsController();
    private final Reloader reloader = new Reloader();
    private final NodePool nodes = new NodePool();
    private final ResourceVersions resourceVersions = new ResourceVersions();
    private Optional<Thread> controllerThread = Optional.empty();
    private boolean closed;

    /** Creates a cluster without objects. */
    public KubernetesCluster(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates an ExternalSecret. Its first sync creates the Secret of the same name.
     *
     * @param value supplies the remote value as JSON; it may throw an exception, which simulates an unavailable secret
     *     store
     */
    public synchronized void createExternalSecret(ObjectName name, Duration interval, Supplier<String> value) {
        externalSecretsByName.put(name, new ExternalSecret(name, interval, value, clock.instant()));
    }

    /** Creates a Deployment whose pods take their environment variables from a Secret in the same namespace. */
    public synchronized void createDeployment(ObjectName name, int replicas, String secret, PodRuntime runtime) {
        deployments.put(name, new Deployment(name, replicas, secret, runtime, nodes, clock.instant()));
    }

    /** Sets the number of replicas of a Deployment, as the autoscaler does. */
    public synchronized void scale(ObjectName deployment, int replicas) {
        requireDeployment(deployment).scale(replicas);
    }

    /** Pauses the rollouts of a Deployment: changes of the pod template do not affect its pods. */
    public synchronized void pauseRollout(ObjectName deployment) {
        requireDeployment(deployment).setPaused(true);
    }

    /** Resumes the rollouts of a Deployment. */
    public synchronized void resumeRollout(ObjectName deployment) {
        requireDeployment(deployment).setPaused(false);
    }

    /** The controller of ExternalSecrets, which tests can pause. */
    public ExternalSecretsController externalSecretsController() {
        return externalSecretsController;
    }

    /**
     * Whether the webhook of External Secrets responds. While it does not respond, the API server rejects all changes
     * of ExternalSecrets.
     */
    public boolean isWebhookRunning() {
        return externalSecretsController.isWebhookRunning();
    }

    /** Reloader, the controller that changes the pod template of a Deployment after a change of its Secret. */
    public Reloader reloader() {
        return reloader;
    }

    /** The Deployment as the Kubernetes API returns it; empty if there is none with this name. */
    public synchronized Optional<ObjectNode> deployment(ObjectName name) {
        return Optional.ofNullable(deployments.get(name))
                .map(DeploymentView::toJson)
                .map(resourceVersions::withResourceVersion);
    }

    /** The pods of a namespace as the Kubernetes API lists them, including terminating pods. */
    public synchronized List<ObjectNode> pods(String namespace) {
        return deployments.values().stream()
                .filter(deployment -> deployment.name.namespace().equals(namespace))
                .flatMap(deployment -> deployment.replicaSets.stream()
                        .flatMap(replicaSet ->
                                replicaSet.pods.stream().map(pod -> PodView.toJson(pod, replicaSet, deployment))))
                .map(resourceVersions::withResourceVersion)
                .toList();
    }

    /** The ExternalSecret as the Kubernetes API returns it; empty if there is none with this name. */
    public synchronized Optional<ObjectNode> externalSecret(ObjectName name) {
        return Optional.ofNullable(externalSecretsByName.get(name))
                .map(ExternalSecret::resource)
                .map(resourceVersions::withResourceVersion);
    }

    /**
     * Applies a client's change to an ExternalSecret. Clients cannot change the status, which only the controller
     * writes.
     */
    public synchronized Optional<ObjectNode> updateExternalSecret(
            ObjectName externalSecret, UnaryOperator<ObjectNode> change) {
        Optional.ofNullable(externalSecretsByName.get(externalSecret))
                .ifPresent(present ->
                        present.update(change.apply(resourceVersions.withResourceVersion(present.resource()))));
        return externalSecret(externalSecret);
    }

    /** Deletes an ExternalSecret. The object exists until External Secrets removes its finalizer. */
    public synchronized Optional<ObjectNode> deleteExternalSecret(ObjectName name) {
        Optional<ExternalSecret> present = Optional.ofNullable(externalSecretsByName.get(name));
        present.ifPresent(externalSecret -> externalSecret.delete(clock.instant()));
        Optional<ObjectNode> deleted = externalSecret(name);
        present.filter(externalSecret -> !externalSecret.hasFinalizer())
                .ifPresent(never -> externalSecretsByName.remove(name));
        return deleted;
    }

    /** The decoded data of a Secret. */
    public synchronized Optional<Map<String, String>> secret(ObjectName name) {
        return Optional.ofNullable(secrets.get(name)).map(Secret::data);
    }

    /** The Secret as the Kubernetes API returns it; empty if there is none with this name. */
    public synchronized Optional<ObjectNode> secretObject(ObjectName name) {
        return Optional.ofNullable(secrets.get(name)).map(Secret::toJson).map(resourceVersions::withResourceVersion);
    }

    /** Changes one key of a Secret out of band, as with {@code kubectl edit}. */
    public synchronized void editSecret(ObjectName name, String key, String value) {
        secrets.computeIfPresent(name, (same, secret) -> {
            var data = new TreeMap<>(secret.data());
            data.put(key, value);
            return new Secret(secret.metadata(), data);
        });
    }

    public synchronized void deleteSecret(ObjectName name) {
        secrets.remove(name);
    }

    /** The latest resource version of any object in the cluster. */
    public synchronized String resourceVersion() {
        return resourceVersions.latest();
    }

    /** The pods that a Service would send requests to: ready and not terminating. */
    public synchronized List<String> endpoints(ObjectName deployment) {
        return requireDeployment(deployment).replicaSets.stream()
                .flatMap(replicaSet -> replicaSet.activePods().stream())
                .filter(ClusterPod::isReady)
                .map(pod -> pod.name)
                .toList();
    }

    /**
     * Whether the rollout of a Deployment is complete: all pods have the newest template and are ready, and no other
     * pods exist.
     */
    public synchronized boolean isRolledOut(ObjectName deployment) {
        Deployment present = requireDeployment(deployment);
        return present.status.observedGeneration() == present.generation()
                && present.status.pods().isComplete(present.replicas())
                && present.replicaSets.stream()
                                .mapToInt(replicaSet -> replicaSet.pods.size())
                                .sum()
                        == present.replicas();
    }

    /** Runs one round of each controller. A controller sees the effects of the other controllers in the next round. */
    public synchronized void reconcile() {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        for (Deployment deployment : deployments.values()) {
            DeploymentController.reconcile(deployment, secret(deployment.secret), now);
        }
        reloader.reconcile(secrets, deployments.values(), now);
        externalSecretsController.reconcile(externalSecretsByName.values(), secrets, now);
    }

    /** Starts a thread that calls {@link #reconcile} repeatedly until {@link #close}. */
    public void start() {
        controllerThread =
                Optional.of(Thread.ofPlatform().daemon().name("controllers").start(this::reconcileLoop));
    }

    /** Stops the controllers and kills the containers of all pods. */
    @Override
    public void close() {
        controllerThread.ifPresent(Thread::interrupt);
        synchronized (this) {
            closed = true;
            deployments.values().stream()
                    .flatMap(deployment -> deployment.replicaSets.stream())
                    .flatMap(replicaSet -> replicaSet.pods.stream())
                    .forEach(ClusterPod::kill);
        }
    }

    private void reconcileLoop() {
        try {
            while (true) {
                reconcile();
                Thread.sleep(RECONCILE_INTERVAL);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Deployment requireDeployment(ObjectName deployment) {
        return Optional.ofNullable(deployments.get(deployment)).orElseThrow();
    }
}
