/** The table of alarms, their episodes and the entries that are yet to be published. Uses only {@code event}. */
@NullMarked
package io.reverser.alarms.notifier.outbox;

import org.jspecify.annotations.NullMarked;
