/**
 * Rolls a rotation out, and back: the reconciler's phases and the steps of Secrets Manager. Uses all packages except
 * {@code slack}.
 */
@NullMarked
package io.reverser.rotation.rotator.reconcile;

import org.jspecify.annotations.NullMarked;
