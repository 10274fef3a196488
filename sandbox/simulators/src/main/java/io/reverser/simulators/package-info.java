/**
 * The outside world, for tests and for the laptop: real servers where they can be had, simulators elsewhere. This
 * package itself has the ports, child processes and folders of this machine, and uses no other.
 */
@NullMarked
package io.reverser.simulators;

import org.jspecify.annotations.NullMarked;
