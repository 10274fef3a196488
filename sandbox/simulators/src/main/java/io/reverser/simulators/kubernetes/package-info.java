/** A Kubernetes cluster, as much of it as a rotation of passwords sees: its objects and its controllers. */
@NullMarked
package io.reverser.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
