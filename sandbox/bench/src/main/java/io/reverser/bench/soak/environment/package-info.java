/** All that a soak runs, and readers of what the functions have stored. Uses only {@code reconciliation}. */
@NullMarked
package io.reverser.bench.soak.environment;

import org.jspecify.annotations.NullMarked;
