/** Runs a scenario. Uses {@code scenario}, {@code environment} and {@code reconciliation}. */
@NullMarked
package io.reverser.bench.soak.run;

import org.jspecify.annotations.NullMarked;
