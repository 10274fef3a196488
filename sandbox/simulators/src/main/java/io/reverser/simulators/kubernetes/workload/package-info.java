/** Deployments, ReplicaSets and pods, the Deployment controller, and Reloader. It uses {@code kubernetes.object}. */
@NullMarked
package io.reverser.simulators.kubernetes.workload;

import org.jspecify.annotations.NullMarked;
