/**
 * Amazon EventBridge Scheduler: schedules and their expressions. This package depends on the package {@code aws.api}.
 */
@NullMarked
package io.reverser.simulators.aws.scheduler;

import org.jspecify.annotations.NullMarked;
