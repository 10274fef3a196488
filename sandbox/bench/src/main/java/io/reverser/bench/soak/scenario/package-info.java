/** What a soak does and which faults it injects, from a seed. Uses no other package of the bench. */
@NullMarked
package io.reverser.bench.soak.scenario;

import org.jspecify.annotations.NullMarked;
