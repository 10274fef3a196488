/** Parsed notifications of CloudWatch: alarms, their states and what they watch. Uses no other package. */
@NullMarked
package io.reverser.alarms.notifier.event;

import org.jspecify.annotations.NullMarked;
