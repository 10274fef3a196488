package io.reverser.simulators.kubernetes.workload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reconciles the pods of a Deployment as Kubernetes does.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/">Deployments</a>
 */
public final class DeploymentController {

    static final int REVISION_HISTORY_LIMIT = 5;

    static final int MAX_SURGE = 1;

    private DeploymentController() {}

    /**
     * Runs one round of the controller. Changes that it makes to pods in this round appear in the Deployment's status
     * only after the next round.
     */
    public static void reconcile(Deployment deployment, Optional<Map<String, String>> secret, Instant now) {
        for (ReplicaSet replicaSet : deployment.replicaSets) {
            replicaSet.pods.removeIf(ClusterPod::isTerminated);
            replicaSet.pods.forEach(pod -> pod.reconcile(deployment.runtime, secret, now));
        }
        boolean isNew = !deployment.isPaused() && ensureNewestReplicaSet(deployment);
        if (deployment.isPaused()) {
            scalePaused(deployment);
        } else {
            rollOut(deployment, deployment.newestReplicaSet().orElseThrow());
        }
        deployment.status = DeploymentStatus.of(deployment, isNew, now);
        deployment.replicaSets.forEach(replicaSet -> replicaSet.reconcile(deployment.nodes, now));
        pruneHistory(deployment);
    }

    /**
     * Creates the ReplicaSet of the current pod template, unless a ReplicaSet with the same template exists.
     *
     * @return whether a new ReplicaSet was created
     */
    private static boolean ensureNewestReplicaSet(Deployment deployment) {
        Optional<ReplicaSet> present = deployment.newestReplicaSet();
        ReplicaSet newest =
                present.orElseGet(() -> new ReplicaSet(deployment.name.name(), deployment.templateAnnotations()));
        if (newest.revision == 0 || newest.revision < deployment.revision()) {
            newest.revision = deployment.revision() + 1;
        }
        if (present.isEmpty()) {
            deployment.replicaSets.add(newest);
        }
        return present.isEmpty();
    }

    /** Applies the number of replicas to a paused Deployment, which does not roll out but still scales. */
    private static void scalePaused(Deployment deployment) {
        List<ReplicaSet> inUse = deployment.replicaSets.stream()
                .filter(replicaSet -> replicaSet.desired > 0)
                .toList();
        if (inUse.size() == 1) {
            inUse.getFirst().desired = deployment.replicas();
        }
    }

    private static void rollOut(Deployment deployment, ReplicaSet newest) {
        int room = deployment.replicas() + MAX_SURGE - deployment.desiredPods();
        int before = newest.desired;
        newest.desired = Math.min(deployment.replicas(), before + Math.max(0, room));
        if (newest.desired <= before) {
            scaleDownOlder(deployment, newest);
        }
    }

    /**
     * Scales down the older ReplicaSets: removes unready pods first, then the ready pods in excess of the Deployment's
     * replicas.
     */
    private static void scaleDownOlder(Deployment deployment, ReplicaSet newest) {
        int spare = deployment.desiredPods() - deployment.replicas() - (newest.desired - newest.availablePods());
        for (ReplicaSet replicaSet : deployment.olderReplicaSets()) {
            spare -= scaleDown(replicaSet, Math.min(spare, replicaSet.desired - replicaSet.availablePods()));
        }
        int excess = Math.min(spare, deployment.availablePods() - deployment.replicas());
        for (ReplicaSet replicaSet : deployment.olderReplicaSets()) {
            excess -= scaleDown(replicaSet, excess);
        }
    }

    private static int scaleDown(ReplicaSet replicaSet, int by) {
        int possible = Math.clamp(by, 0, replicaSet.desired);
        replicaSet.desired -= possible;
        return possible;
    }

    private static void pruneHistory(Deployment deployment) {
        List<ReplicaSet> unused = deployment.olderReplicaSets().stream()
                .filter(replicaSet -> replicaSet.desired == 0 && replicaSet.pods.isEmpty())
                .toList();
        deployment.replicaSets.removeAll(unused.subList(0, Math.max(0, unused.size() - REVISION_HISTORY_LIMIT)));
    }
}
