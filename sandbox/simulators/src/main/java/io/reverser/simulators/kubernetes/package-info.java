/**
 * A Kubernetes cluster with the objects and controllers that a password rotation deals with. It uses {@code object}, {@code
 * workload} and {@code externalsecret}, but not {@code api}.
 */
@NullMarked
package io.reverser.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
