/** This machine, its processes and how to wait for them. Uses no other package of the bench. */
@NullMarked
package io.reverser.bench.host;

import org.jspecify.annotations.NullMarked;
