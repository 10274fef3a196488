/**
 * A Kubernetes cluster, as much of it as a rotation of passwords sees: its objects and its controllers. It uses the
 * packages of both, {@code object}, {@code workload} and {@code externalsecret}, and not {@code api}.
 */
@NullMarked
package io.reverser.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
