@NullMarked
package io.reverser.simulators.aws.conformance;

import org.jspecify.annotations.NullMarked;
