@NullMarked
package io.reverser.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
