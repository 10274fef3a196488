/**
 * Deployments, ReplicaSets and pods, the controller of Deployments, and Reloader. It uses {@code kubernetes.object}.
 */
@NullMarked
package io.reverser.simulators.kubernetes.workload;

import org.jspecify.annotations.NullMarked;
