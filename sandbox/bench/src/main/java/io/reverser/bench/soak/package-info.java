/** {@code ./platform soak}: mixed work at the whole sandbox while faults are injected, and then an exact account. */
@NullMarked
package io.reverser.bench.soak;

import org.jspecify.annotations.NullMarked;
