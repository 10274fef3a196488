/**
 * What all Kubernetes objects share: names, resource versions, conditions and timestamps. This package also contains
 * Secrets, and depends on no other package of the module.
 */
@NullMarked
package io.reverser.simulators.kubernetes.object;

import org.jspecify.annotations.NullMarked;
