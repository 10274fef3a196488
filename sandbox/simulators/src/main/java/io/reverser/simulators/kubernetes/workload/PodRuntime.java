package io.reverser.simulators.kubernetes.workload;

import java.util.Map;
import java.util.OptionalInt;

/** Runs the containers of pods. Implementations must return at once, because the cluster waits for them. */
public interface PodRuntime {

    /**
     * Starts the container of a pod.
     *
     * @param environment the current data of the pod's Secret
     */
    Container start(String name, Map<String, String> environment);

    /** A container of a pod. */
    interface Container {

        /** Whether its readiness probe succeeds. */
        boolean isReady();

        /** Requests its termination, which may take a while. */
        void stop();

        /** Empty while it runs. */
        OptionalInt exitCode();

        /** Kills it. */
        default void kill() {
            stop();
        }
    }
}
