/**
 * The responses, the resources of the processes, and the final state. Uses {@code environment} and {@code
 * reconciliation}.
 */
@NullMarked
package io.reverser.bench.soak.observation;

import org.jspecify.annotations.NullMarked;
