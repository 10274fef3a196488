/** The servers that are compared, and how each is started. Uses {@code host} and {@code load}. */
@NullMarked
package io.reverser.bench.server;

import org.jspecify.annotations.NullMarked;
