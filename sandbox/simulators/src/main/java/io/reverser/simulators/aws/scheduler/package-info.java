@NullMarked
package io.reverser.simulators.aws.scheduler;

import org.jspecify.annotations.NullMarked;
