@NullMarked
package io.reverser.simulators.kubernetes.object;

import org.jspecify.annotations.NullMarked;
