package io.reverser.runner.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Runs the reverser's pods and reports their status: the simulated Kubernetes, or in tests a real one. */
public interface ControlPlane extends AutoCloseable {

    /** Whether all pods are ready and of the newest version, and none is terminating. */
    boolean isRolledOut();

    /** The pods' objects, oldest first. */
    List<ObjectNode> pods();

    /** The names of the pods that get requests: ready, and not terminating. */
    List<String> endpoints();

    @Override
    void close();
}
