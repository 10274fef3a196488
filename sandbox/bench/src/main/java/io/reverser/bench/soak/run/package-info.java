/** Runs the scenario of a soak. Uses the packages {@code scenario}, {@code environment} and {@code reconciliation}. */
@NullMarked
package io.reverser.bench.soak.run;

import org.jspecify.annotations.NullMarked;
