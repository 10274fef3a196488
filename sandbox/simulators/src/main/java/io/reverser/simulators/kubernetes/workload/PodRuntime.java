package io.reverser.simulators.kubernetes.workload;

import java.util.Map;
import java.util.OptionalInt;

/** Runs what is in a pod. All of it answers at once; the cluster stands still meanwhile. */
public interface PodRuntime {

    /**
     * Begins to run a pod's container.
     *
     * @param environment the pod's Secret, as it is now
     */
    Container start(String name, Map<String, String> environment);

    /** The running container of a pod. */
    interface Container {

        /** Whether its readiness probe succeeds. */
        boolean isReady();

        /** Asks it to end. It may take its time. */
        void stop();

        /** Empty while it runs. */
        OptionalInt exitCode();

        /** Ends it at once. */
        default void kill() {
            stop();
        }
    }
}
