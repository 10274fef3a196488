/** The compared servers, and their commands. Uses {@code host} and {@code load}. */
@NullMarked
package io.reverser.bench.server;

import org.jspecify.annotations.NullMarked;
