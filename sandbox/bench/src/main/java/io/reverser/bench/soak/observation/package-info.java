/**
 * A soak's responses, the resources of its processes, and the final state. Uses the packages {@code environment} and
 * {@code reconciliation}.
 */
@NullMarked
package io.reverser.bench.soak.observation;

import org.jspecify.annotations.NullMarked;
