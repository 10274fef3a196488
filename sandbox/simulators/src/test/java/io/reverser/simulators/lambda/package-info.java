/** Tests of the simulated Lambda. */
@NullMarked
package io.reverser.simulators.lambda;

import org.jspecify.annotations.NullMarked;
