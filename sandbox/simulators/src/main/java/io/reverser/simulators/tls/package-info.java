@NullMarked
package io.reverser.simulators.tls;

import org.jspecify.annotations.NullMarked;
