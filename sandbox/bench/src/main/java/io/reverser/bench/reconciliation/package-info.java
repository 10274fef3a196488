/** What became of everything that a soak did, and what is missing. Nothing here looks at anything: it only compares. */
@NullMarked
package io.reverser.bench.reconciliation;

import org.jspecify.annotations.NullMarked;
