/** Everything that a soak runs, and readers of the functions' tables. Uses only the package {@code reconciliation}. */
@NullMarked
package io.reverser.bench.soak.environment;

import org.jspecify.annotations.NullMarked;
