/** Amazon EventBridge Scheduler: schedules and their expressions. It uses {@code aws.api}. */
@NullMarked
package io.reverser.simulators.aws.scheduler;

import org.jspecify.annotations.NullMarked;
