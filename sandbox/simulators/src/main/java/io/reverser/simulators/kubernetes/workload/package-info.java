/**
 * Deployments, ReplicaSets and pods, the Deployment controller, and Reloader. This package depends on {@code
 * kubernetes.object}.
 */
@NullMarked
package io.reverser.simulators.kubernetes.workload;

import org.jspecify.annotations.NullMarked;
