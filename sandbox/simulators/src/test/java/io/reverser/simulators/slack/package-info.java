@NullMarked
package io.reverser.simulators.slack;

import org.jspecify.annotations.NullMarked;
