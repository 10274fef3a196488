/**
 * A simulated Kubernetes cluster with the objects and controllers that take part in a password rotation. This package
 * depends on its subpackages {@code object}, {@code workload} and {@code externalsecret}, but not on {@code api}.
 */
@NullMarked
package io.reverser.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
