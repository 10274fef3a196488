@NullMarked
package io.reverser.simulators.fault;

import org.jspecify.annotations.NullMarked;
