/** The actions and faults of a soak, generated from a seed. Uses no other package of the bench. */
@NullMarked
package io.reverser.bench.soak.scenario;

import org.jspecify.annotations.NullMarked;
