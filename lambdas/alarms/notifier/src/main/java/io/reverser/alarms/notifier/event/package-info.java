/** What CloudWatch sends, parsed: alarms, their states and what they look at. Uses no other package. */
@NullMarked
package io.reverser.alarms.notifier.event;

import org.jspecify.annotations.NullMarked;
