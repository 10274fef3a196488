/**
 * Processes the queues: records notifications in the outbox, publishes them, handles failures and clicks. Uses every package
 * but {@code graph}.
 */
@NullMarked
package io.reverser.alarms.notifier.delivery;

import org.jspecify.annotations.NullMarked;
