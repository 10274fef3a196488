package io.reverser.runner.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Runs the reverser's pods and reports their status. The sandbox uses a simulated Kubernetes, and some tests use a real
 * one.
 */
public interface ControlPlane extends AutoCloseable {

    /** Whether all of the reverser's pods are ready and of the newest version, and none is terminating. */
    boolean isRolledOut();

    /** The pods as Kubernetes objects, oldest first. */
    List<ObjectNode> pods();

    /** The names of the pods that get requests: those that are ready and not terminating. */
    List<String> endpoints();

    @Override
    void close();
}
