/** Fault injection into calls and into TCP connections. It uses no other package. */
@NullMarked
package io.reverser.simulators.fault;

import org.jspecify.annotations.NullMarked;
