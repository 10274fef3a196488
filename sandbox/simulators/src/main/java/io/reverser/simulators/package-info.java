/** The outside world, for tests and for the laptop: real servers where they can be had, simulators elsewhere. */
@NullMarked
package io.reverser.simulators;

import org.jspecify.annotations.NullMarked;
