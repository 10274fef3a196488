package io.reverser.simulators.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the pods of a Deployment what it says, as Kubernetes does it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/">Deployments</a>
 */
final class DeploymentController {

    static final int HISTORY = 5;

    static final int MAX_SURGE = 1;

    private DeploymentController() {}

    /** One round. What it does to pods, the next round counts. */
    static void step(Deployment deployment, Optional<Map<String, String>> secret, Instant now) {
        for (ReplicaSet set : deployment.replicaSets) {
            set.pods.removeIf(ClusterPod::isGone);
            set.pods.forEach(pod -> pod.look(deployment.runtime, secret, now));
        }
        boolean isNew = !deployment.isPaused() && makeNewest(deployment);
        if (deployment.isPaused()) {
            scale(deployment);
        } else {
            roll(deployment, deployment.newest().orElseThrow());
        }
        deployment.status = DeploymentStatus.of(deployment, isNew, now);
        deployment.replicaSets.forEach(set -> set.reconcile(now));
        forgetOldest(deployment);
    }

    /** Pods for the newest template, or the ones that had it once. */
    private static boolean makeNewest(Deployment deployment) {
        Optional<ReplicaSet> present = deployment.newest();
        ReplicaSet newest = present.orElseGet(() -> new ReplicaSet(deployment.name.name(), deployment.annotations()));
        if (newest.revision == 0 || newest.revision < deployment.revision()) {
            newest.revision = deployment.revision() + 1;
        }
        if (present.isEmpty()) {
            deployment.replicaSets.add(newest);
        }
        return present.isEmpty();
    }

    /** A paused Deployment can still be made larger and smaller. */
    private static void scale(Deployment deployment) {
        List<ReplicaSet> inUse =
                deployment.replicaSets.stream().filter(set -> set.desired > 0).toList();
        if (inUse.size() == 1) {
            inUse.getFirst().desired = deployment.replicas();
        }
    }

    private static void roll(Deployment deployment, ReplicaSet newest) {
        int room = deployment.replicas() + MAX_SURGE - deployment.desired();
        int before = newest.desired;
        newest.desired = Math.min(deployment.replicas(), before + Math.max(0, room));
        if (newest.desired <= before) {
            shrinkOlder(deployment, newest);
        }
    }

    /** First the pods that are of no use; then as many as there are more ready ones than needed. */
    private static void shrinkOlder(Deployment deployment, ReplicaSet newest) {
        int spare = deployment.desired() - deployment.replicas() - (newest.desired - newest.available());
        for (ReplicaSet set : deployment.older()) {
            spare -= shrink(set, Math.min(spare, set.desired - set.available()));
        }
        int excess = Math.min(spare, deployment.available() - deployment.replicas());
        for (ReplicaSet set : deployment.older()) {
            excess -= shrink(set, excess);
        }
    }

    private static int shrink(ReplicaSet set, int by) {
        int possible = Math.clamp(by, 0, set.desired);
        set.desired -= possible;
        return possible;
    }

    private static void forgetOldest(Deployment deployment) {
        List<ReplicaSet> unused = deployment.older().stream()
                .filter(set -> set.desired == 0 && set.pods.isEmpty())
                .toList();
        deployment.replicaSets.removeAll(unused.subList(0, Math.max(0, unused.size() - HISTORY)));
    }
}
