/**
 * Compares the outcome of everything that a soak did with what it requested. It only compares: it reads nothing, and
 * uses no other package.
 */
@NullMarked
package io.reverser.bench.reconciliation;

import org.jspecify.annotations.NullMarked;
