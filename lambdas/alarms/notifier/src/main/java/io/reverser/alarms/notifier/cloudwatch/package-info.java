@NullMarked
package io.reverser.alarms.notifier.cloudwatch;

import org.jspecify.annotations.NullMarked;
