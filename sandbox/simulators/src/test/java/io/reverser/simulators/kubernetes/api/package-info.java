@NullMarked
package io.reverser.simulators.kubernetes.api;

import org.jspecify.annotations.NullMarked;
