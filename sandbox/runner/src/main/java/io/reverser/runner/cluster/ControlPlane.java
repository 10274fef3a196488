package io.reverser.runner.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What makes the reverser's pods and says how they are: the simulated Kubernetes, or in tests a real one. */
public interface ControlPlane extends AutoCloseable {

    /** Whether all pods are ready, of the newest version, and none is about to end. */
    boolean isRolledOut();

    /** The pods as Kubernetes shows them, oldest first. */
    List<ObjectNode> pods();

    /** The names of the pods that take requests: ready, and not about to end. */
    List<String> endpoints();

    @Override
    void close();
}
