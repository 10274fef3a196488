/** What callers got, what processes took, and what is there at the end. Uses {@code environment} and {@code reconciliation}. */
@NullMarked
package io.reverser.bench.soak.observation;

import org.jspecify.annotations.NullMarked;
