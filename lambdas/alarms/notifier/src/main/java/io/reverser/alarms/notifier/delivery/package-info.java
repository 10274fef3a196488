/**
 * From the queues into the outbox and on, with what happens when that fails, and what people click. Uses every package but
 * {@code graph}.
 */
@NullMarked
package io.reverser.alarms.notifier.delivery;

import org.jspecify.annotations.NullMarked;
