/** CloudWatch clients, tags of alarms, and the function's own metrics. Uses only the package {@code event}. */
@NullMarked
package io.reverser.alarms.notifier.cloudwatch;

import org.jspecify.annotations.NullMarked;
