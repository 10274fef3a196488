/** CloudWatch's clients and tags of alarms, and our own metrics. Uses only {@code event}. */
@NullMarked
package io.reverser.alarms.notifier.cloudwatch;

import org.jspecify.annotations.NullMarked;
