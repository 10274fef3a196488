/** This machine, its processes, and polling. Uses no other package of the bench. */
@NullMarked
package io.reverser.bench.host;

import org.jspecify.annotations.NullMarked;
