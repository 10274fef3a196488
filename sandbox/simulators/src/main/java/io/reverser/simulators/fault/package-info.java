/** Fault injection into API calls and into TCP connections. This package depends on no other package of the module. */
@NullMarked
package io.reverser.simulators.fault;

import org.jspecify.annotations.NullMarked;
