@NullMarked
package io.reverser.simulators;

import org.jspecify.annotations.NullMarked;
