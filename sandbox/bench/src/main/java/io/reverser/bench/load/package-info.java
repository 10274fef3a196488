/** Load by wrk, and its results. Uses only {@code host}. */
@NullMarked
package io.reverser.bench.load;

import org.jspecify.annotations.NullMarked;
