/** What became of everything that a soak did, and what is missing. It only compares, reads nothing, and uses no other package. */
@NullMarked
package io.reverser.bench.reconciliation;

import org.jspecify.annotations.NullMarked;
