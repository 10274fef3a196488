package io.reverser.simulators.kubernetes.workload;

import java.util.Map;
import java.util.OptionalInt;

/** Runs the containers of pods. All methods must return at once, because the cluster waits for them. */
public interface PodRuntime {

    /**
     * Starts the container of a pod.
     *
     * @param environment the current data of the pod's Secret
     */
    Container start(String name, Map<String, String> environment);

    /** A container of a pod. */
    interface Container {

        /** Whether the container's readiness probe succeeds. */
        boolean isReady();

        /** Requests the termination of the container, which may take a while. */
        void stop();

        /** The exit code of the container; empty while it runs. */
        OptionalInt exitCode();

        /** Kills the container. */
        default void kill() {
            stop();
        }
    }
}
