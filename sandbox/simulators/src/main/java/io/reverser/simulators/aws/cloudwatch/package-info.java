@NullMarked
package io.reverser.simulators.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
