/** A soak's actions and faults, derived from a seed. Uses no other package of the bench. */
@NullMarked
package io.reverser.bench.soak.scenario;

import org.jspecify.annotations.NullMarked;
