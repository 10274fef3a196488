/**
 * Compares the outcome of everything that a soak did with what the soak requested. The records get all data from their
 * callers, and use no other package.
 */
@NullMarked
package io.reverser.bench.reconciliation;

import org.jspecify.annotations.NullMarked;
