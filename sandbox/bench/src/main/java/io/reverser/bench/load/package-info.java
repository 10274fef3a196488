/** Requests by wrk, and what it measured. Uses only {@code host}. */
@NullMarked
package io.reverser.bench.load;

import org.jspecify.annotations.NullMarked;
