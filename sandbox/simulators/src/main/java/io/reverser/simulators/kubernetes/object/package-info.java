/**
 * What all Kubernetes objects share: names, resource versions, conditions and timestamps; and Secrets. It uses no other
 * package.
 */
@NullMarked
package io.reverser.simulators.kubernetes.object;

import org.jspecify.annotations.NullMarked;
