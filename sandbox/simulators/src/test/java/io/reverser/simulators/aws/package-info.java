@NullMarked
package io.reverser.simulators.aws;

import org.jspecify.annotations.NullMarked;
