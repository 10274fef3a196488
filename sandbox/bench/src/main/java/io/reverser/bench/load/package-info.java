/** Runs the load generator wrk, and parses its results. Uses only the package {@code host}. */
@NullMarked
package io.reverser.bench.load;

import org.jspecify.annotations.NullMarked;
